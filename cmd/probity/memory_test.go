package main

import "testing"

// TestLimit: a small scan has the soft limit, a larger one room that grows as what is alive, and a very large one less of it; what is
// beside the heap takes none of the room.
func TestLimit(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for _, c := range []struct{ alive, beside, want int64 }{
		{0, 0, softMemory},
		{100 * mb, 100 * mb, softMemory},
		{250 * mb, 0, 400 * mb},
		{250 * mb, 100 * mb, 500 * mb},
		{500 * mb, 0, hardMemory},
		{1000 * mb, 50 * mb, 1300 * mb},
	} {
		if got := limit(c.alive, c.beside); got != c.want {
			t.Errorf("%d MB alive, %d MB beside: got %d MB, want %d", c.alive/mb, c.beside/mb, got/mb, c.want/mb)
		}
	}
	if alive, beside := memory(); alive < 0 || beside <= 0 {
		t.Errorf("got %d bytes alive and %d beside", alive, beside)
	}
}
