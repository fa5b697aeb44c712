package v1_2_0

import (
	"context"
	"errors"
)

func press(ctx context.Context) error {
	if ctx == nil {
		return errors.New("there is nothing to press")
	}

	return nil
}
