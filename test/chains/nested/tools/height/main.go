// Command height guesses the height of the chain at a time.
package main

import (
	"fmt"
	"time"
)

const blockTime = 1200 * time.Millisecond

func main() {
	fmt.Println(int64(time.Since(time.Unix(1_700_000_000, 0)) / blockTime))
}
