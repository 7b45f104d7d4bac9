"""What people see: pages made on the server, one desk a folder, that need no script to work."""
