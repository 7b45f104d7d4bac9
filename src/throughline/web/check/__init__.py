"""Check before you act: one box, three degrees of answer."""
