"""Looking through the catalogue: filters with counts, the list, the shortlist, the map of the categories."""
