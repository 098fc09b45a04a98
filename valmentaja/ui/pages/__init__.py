"""One file a page; pages do not import pages, they name the place to go to."""
