package content

import (
	"encoding/xml"
	"path"
	"strings"
)

// unnumbered is the name of a part without the number that some programs give it: "word/document2.xml" is the document.
func unnumbered(name string) string {
	for _, end := range []string{".xml.rels", ".xml"} {
		if plain, is := strings.CutSuffix(name, end); is {
			return strings.TrimRight(plain, "0123456789") + end
		}
	}
	return name
}

// part is how a file of a document is read, by its name without a number; nil: not as a part.
func (n *nested) part(name, numbered string, b *book) func(*elements) error {
	dir, base := path.Split(name)
	plain, isXML := strings.CutSuffix(base, ".xml")
	switch {
	case strings.HasSuffix(base, ".rels"):
		return n.links
	case !isXML:
		return nil
	case n.rep.Format == ODS || n.rep.Format == ODT || n.rep.Format == ODP:
		return n.openPart(name)
	}
	switch name {
	case "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml":
		return n.properties
	case "word/document.xml":
		return n.prose("")
	case "word/styles.xml", "word/stylesWithEffects.xml", "word/settings.xml", "word/fontTable.xml", "word/webSettings.xml", "word/numbering.xml":
		return nil
	}
	switch dir {
	case "xl/worksheets/":
		return func(e *elements) error { return b.sheet(e, numbered) }
	case "xl/comments/", "xl/threadedComments/":
		return n.prose("comments")
	case "xl/":
		if strings.HasPrefix(base, "comments") {
			return n.prose("comments")
		}
	case "xl/pivotCache/":
		return n.pivot
	case "xl/drawings/", "xl/diagrams/", "word/diagrams/", "ppt/diagrams/":
		return n.prose("drawing")
	case "ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/":
		return n.prose("layout")
	case "word/glossary/":
		return n.prose("glossary")
	case "word/", "ppt/slides/", "ppt/notesSlides/", "ppt/comments/":
		return n.prose(plain)
	}
	return nil
}

// openPart is part for OpenDocument: headers and footers stand among the styles, charts in folders of their own.
func (n *nested) openPart(name string) func(*elements) error {
	switch {
	case name == "meta.xml":
		return n.properties
	case name == "styles.xml":
		return n.prose("header")
	case name == "content.xml" && n.rep.Format == ODS:
		return n.tables
	case name == "content.xml":
		return n.prose("")
	case strings.HasSuffix(name, "/content.xml"):
		return n.prose("object")
	}
	return nil
}

// embedded reports whether a file of a document is an object of its own: another document, or settings that hold what people wrote.
func embedded(name string) bool {
	dir, base := path.Split(name)
	switch {
	case strings.HasSuffix(dir, "/embeddings/"), strings.HasPrefix(dir, "customXml/") && strings.HasPrefix(base, "item") && !strings.HasPrefix(base, "itemProps"):
		return true
	case strings.HasSuffix(base, ".xml"):
		return strings.HasSuffix(dir, "/charts/") || dir == "xl/externalLinks/" || dir == "xl/queryTables/" || name == "xl/connections.xml"
	}
	return false
}

// links reads where links of a document lead.
func (n *nested) links(e *elements) error {
	col := n.place("links", "")
	var err error
	end := e.starts(func(s xml.StartElement) {
		if to := attr(s, "Target"); attr(s, "TargetMode") == "External" && to != "" && err == nil {
			err = n.each(col, []byte(to))
		}
	})
	if err != nil {
		return err
	}
	return end
}

// pivot reads the copy of its source that a pivot table keeps, by fields where it names them.
func (n *nested) pivot(e *elements) error {
	col := n.place("pivot", "")
	var err error
	end := e.starts(func(s xml.StartElement) {
		switch s.Name.Local {
		case "cacheField":
			field := &Column{}
			if f := attr(s, "name"); isName([]byte(f)) {
				field.Path, field.Name = f, f
			}
			col = n.column("pivot", field)
		case "s", "n", "d":
			if v := attr(s, "v"); v != "" && err == nil {
				err = n.each(col, []byte(v))
			}
		}
	})
	if err != nil {
		return err
	}
	return end
}
