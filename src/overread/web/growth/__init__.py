"""The growth of a case's lesions as pictures, drawn on the server from what the viewer may see."""
