"""Where the relay keeps mailboxes."""
