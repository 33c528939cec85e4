"""What Broadsheet is measured beside, each a site of the same papers."""
