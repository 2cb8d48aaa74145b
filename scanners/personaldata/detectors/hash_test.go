package detectors

import "testing"

func TestHashesOfAWordAreAlike(t *testing.T) {
	t.Parallel()
	for _, words := range [][]string{
		{"telephone", "Telephone", "TELEPHONE"}, {"Müller", "muller", "MÜLLER", "muller"}, {"a", "A"}, {"12345678", "12345678"},
		{"geburtsdatum", "Geburtsdatum"}, {"Телефон", "телефон"}, {"abcdefgh", "ABCDEFGH"}, {"abcdefghi", "äbcdefghi"},
	} {
		for _, w := range words {
			padded := append([]byte("x"+w), make([]byte, 8)...)
			if got, want := Hash(w), Hash(words[0]); got != want || HashAt(padded, 1, 1+len(w)) != want {
				t.Errorf("%q and %q differ", w, words[0])
			}
		}
		if other := words[0] + "x"; Hash(other) == Hash(words[0]) || Hash(words[0][:len(words[0])-1]) == Hash(words[0]) {
			t.Errorf("%q is like another", words[0])
		}
	}
}
