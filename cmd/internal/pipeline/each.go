package pipeline

import "iter"

// each makes a slice an iterator that can be walked again.
func each[T any](s []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range s {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// eachOf is the same of what is pointed to.
func eachOf[T any](s []*T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range s {
			if !yield(*v, nil) {
				return
			}
		}
	}
}
