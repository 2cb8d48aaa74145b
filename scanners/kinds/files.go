package kinds

import "github.com/probity-scan/probity"

// FilesFolder is a folder of data files: objects as in a bucket, on a disk.
const FilesFolder probity.Kind = "files.folder"

// Folder holds the settings of a [FilesFolder].
type Folder struct {
	Objects probity.Fact[int] `json:"objects"` // data files in it and below
}
