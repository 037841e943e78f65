"""The catalogue's pages, one module per room of them."""
