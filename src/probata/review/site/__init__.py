"""The public site: static pages, in every language there is, made from releases and from nothing else."""
