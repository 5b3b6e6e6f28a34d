// Package paper is what the screens that print share: a document as its file
// and as the pictures of it from one layout, the file in its folder, and the
// sentence for what went wrong with it.
package paper

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"backtobar/domain"
	"backtobar/domain/clinic"
	"backtobar/domain/outfile"
	"backtobar/reports/doc"
	"backtobar/reports/pdf"
	"backtobar/reports/raster"
)

// previewScale is pixels a point of the preview's pictures: a Letter page is
// 1224 pixels wide, sharp when it fills a window.
const previewScale = 2

// Sheet is a made document.
type Sheet struct {
	// PDF is the document, Pictures its pages as they will be printed, from the
	// same layout.
	PDF      []byte
	Pictures []image.Image
	// Words are the words of each page.
	Words []string
}

// Of draws one layout twice: as the file, and as the pictures of it. What cannot
// be printed comes back as domain.Problems.
func Of(ctx context.Context, d *doc.Document) (Sheet, error) {
	file, err := pdf.Write(d)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{PDF: file}
	for i, p := range d.Pages {
		if err := ctx.Err(); err != nil {
			return Sheet{}, err
		}
		picture, err := raster.Page(p, previewScale)
		if err != nil {
			return Sheet{}, fmt.Errorf("draw page %d: %w", i+1, err)
		}
		s.Pictures = append(s.Pictures, image.Image(picture))
		s.Words = append(s.Words, p.Words())
	}
	return s, nil
}

// FileError is what went wrong with the file, and not with the records.
type FileError struct{ error }

// Unwrap returns the error itself.
func (e FileError) Unwrap() error { return e.error }

// OfFile reports whether an error is about the file, and not the records.
func OfFile(err error) bool { return errors.As(err, new(FileError)) }

// Stage asks for a folder that can only be meant in one way, and puts the
// document there under a passing name. A folder that was typed wrong comes back
// as domain.Problems of the field "folder".
func Stage(folder, name string, document []byte) (*outfile.Staged, error) {
	folder = strings.TrimSpace(folder)
	if folder == "" {
		return nil, domain.Problems{{Field: "folder", Text: "Enter the folder for the PDF"}}
	}
	if !filepath.IsAbs(folder) {
		return nil, domain.Problems{{Field: "folder", Text: "Enter the whole path of the folder, from its beginning"}}
	}
	s, err := outfile.Stage(folder, name, document)
	if err != nil {
		return nil, FileError{err}
	}
	return s, nil
}

// Keep gives the staged file its name and returns its path.
func Keep(s *outfile.Staged) (string, error) {
	path, err := s.Keep()
	if err != nil {
		return "", FileError{err}
	}
	return path, nil
}

// Why is the sentence for an error of making, keeping or writing a document.
func Why(err error) string {
	if OfFile(err) {
		switch {
		case errors.Is(err, domain.ErrNotFound):
			return "There is no folder with this path. Correct the folder, or make it first."
		case errors.Is(err, domain.ErrReadOnly):
			return "This folder cannot be written. Choose another folder."
		case errors.Is(err, domain.ErrStorageFull):
			return "The disk of this folder is full. Make room, or choose a folder on another disk."
		}
		return "The file could not be written. Choose another folder, then try again."
	}
	if p := clinic.Reasons(err); len(p) > 0 {
		texts := make([]string, len(p))
		for i, x := range p {
			texts[i] = Sentence(x.Text)
		}
		return strings.Join(texts, " ")
	}
	return clinic.Sentence(err)
}

// FolderProblem is what is wrong with the folder, "" when something else is.
func FolderProblem(err error) string {
	if text := clinic.Reasons(err).For("folder"); text != "" {
		return text
	}
	if OfFile(err) {
		return Why(err)
	}
	return ""
}

// Sentence closes a text with a full stop, unless something follows it.
func Sentence(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}
