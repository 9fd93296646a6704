package copies

// BoldFace is the TrueType font with every letter of Latin, Greek and Cyrillic, for pages that we set ourselves. Do not change it.
func BoldFace() []byte { return notoBold }
