"""Arabic with Western digits: a point before decimals and commas between thousands, so that 1,204 is no fraction."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
