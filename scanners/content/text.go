package content

import (
	"bytes"

	"github.com/probity-scan/probity"
)

// text hands over lines; all of them are one column without a name.
func (p *parser) text() error {
	col := &Column{}
	c := cell{max: p.opts.Cell, out: p.each}
	open := false
	p.in.begin("line")
	for {
		b, stop, ok := p.in.until("\n")
		if !ok {
			break
		}
		if stop == 0 {
			open = true
			if err := c.add(col, b); err != nil {
				return err
			}
			continue
		}
		open = false
		p.in.begin("line")
		p.rep.Records++
		if err := c.end(col, bytes.TrimSuffix(b, []byte{'\r'})); err != nil {
			return err
		}
	}
	if open {
		p.rep.Records++
	}
	return c.end(col, nil)
}

// rtf reads a document in Rich Text Format as the text that it is written in. What commands cut, and pictures, are not seen.
func (p *parser) rtf() error {
	p.rep.Gap = &probity.Gap{Reason: probity.NotCollected, Because: "rtf is read with its commands, which cut words: it may hold more", Needs: "a copy as PDF or DOCX"}
	return p.text()
}
