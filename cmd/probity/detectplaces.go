package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/personaldata"
)

// places tells what a file that is not text as it stands holds, by the places in it: offsets would say nothing.
func (d *detection) places(name string, in, file io.Reader) error {
	if d.spans {
		return errors.New("not a text file, which spans are of")
	}
	var o content.Options
	if f, is := file.(*os.File); is {
		if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
			o.Size, o.At = st.Size(), f
		}
	}
	o.Dump = d.dump(name)
	d.tally.Clear()
	columns := map[string]*personaldata.Column{}
	rep, err := content.Read(d.ctx, filepath.Base(name), in, o, func(c *content.Column, cell []byte) error {
		to := columns[c.Path]
		if to == nil {
			to = d.tally.Column(c.Path, c.Name)
			columns[c.Path] = to
		}
		to.Add(cell)
		return nil
	})
	if err != nil {
		return err
	}
	for _, l := range d.tally.Labels() {
		l.On, _ = personaldata.Mask(l.On) // names of files in archives and keys of documents may be somebody's
		fmt.Fprintf(d.out, "%s:%s: %s (%.2f) in %d of %d\n", name, cmp.Or(l.On, "text"), l.Detector, l.Confidence, l.Found, l.Sample.Read)
	}
	if rep.Gap != nil {
		because, _ := personaldata.Mask(rep.Gap.Because)
		return errors.New(because)
	}
	return nil
}

// dump gives what tells the table of contents of the folder that pg_dump wrote a file into; nil: the file is not of such a folder.
func (d *detection) dump(name string) func() *content.Contents {
	contents := d.dumps.Of(d.ctx, filepath.ToSlash(name), func(name string) (io.ReadCloser, error) { return os.Open(filepath.FromSlash(name)) })
	if contents == nil || contents() == nil {
		return nil
	}
	return contents
}
