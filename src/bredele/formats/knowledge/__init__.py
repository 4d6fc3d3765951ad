"""What others know about cookies and hosts: loaded from their own files at run time, with source and licence."""
