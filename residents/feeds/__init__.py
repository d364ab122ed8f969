"""Files of delivered services: read, matched to RTs, shown, entered; one by one by hand as well."""
