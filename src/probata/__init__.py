"""From what is alleged to what is proved: claims read out of reports, each with its exact words."""
