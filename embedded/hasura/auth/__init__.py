"""Who is asking: `identity` decides, `jwt` verifies tokens, `claims` reads them."""
