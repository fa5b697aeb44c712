package types

import (
	"encoding/json"
	"fmt"

	"cosmossdk.io/collections"
	collcodec "cosmossdk.io/collections/codec"
)

// TotalsPrefix is what the totals are kept under.
var TotalsPrefix = collections.NewPrefix(7)

// TextValue keeps values as text.
func TextValue[T any]() collcodec.ValueCodec[T] { return textValue[T]{} }

type textValue[T any] struct{}

func (textValue[T]) Encode(value T) ([]byte, error)        { return json.Marshal(value) }
func (textValue[T]) Decode(bz []byte) (value T, err error) { return value, json.Unmarshal(bz, &value) }
func (t textValue[T]) EncodeJSON(value T) ([]byte, error)  { return t.Encode(value) }
func (t textValue[T]) DecodeJSON(bz []byte) (T, error)     { return t.Decode(bz) }
func (textValue[T]) Stringify(value T) string              { return fmt.Sprint(value) }
func (textValue[T]) ValueType() string                     { return "text" }
