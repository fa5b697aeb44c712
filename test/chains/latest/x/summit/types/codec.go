package types

import collcodec "cosmossdk.io/collections/codec"

// TextValue keeps values as text.
func TextValue[T any]() collcodec.ValueCodec[T] {
	return textValue[T]{}
}
