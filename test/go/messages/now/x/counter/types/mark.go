package types

// MarkKey is the prefix of marks.
var MarkKey = []byte{7}
