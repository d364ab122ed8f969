"""Documents as PDF: one engine, its bundled assets, and the marks that documents share. No ORM."""
