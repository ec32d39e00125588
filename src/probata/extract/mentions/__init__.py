"""Words that name a time, a number or a place, found before parsing. What they mean is resolved later."""
