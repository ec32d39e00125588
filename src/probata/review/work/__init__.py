"""What pages and API share: what a person sees and does, without a word of HTML or HTTP."""
