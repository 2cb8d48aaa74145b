//go:build !unix

package history_test

import "time"

// processor is not told here: the clock alone is.
func processor() time.Duration { return 0 }
