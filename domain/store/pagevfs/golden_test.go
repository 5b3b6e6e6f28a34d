package pagevfs

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The golden file was written once and is never written again: whoever cannot
// read it has changed the format. Its key is testKey.
func TestGoldenFileOpens(t *testing.T) {
	b, err := os.ReadFile("testdata/vault-1.db")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	db := open(t, path, vfs(t, testKey).Name())
	if err := integrity(db); err != nil {
		t.Fatal(err)
	}
	var rows int
	var text string
	err = db.QueryRow("select count(*), max(v) filter (where id = 7) from t").Scan(&rows, &text)
	if err != nil || rows != 50 || text != "invented row 7" {
		t.Fatalf("%d rows, %q, %v", rows, text, err)
	}
}

// The same by docs/vault-format.md alone, page by page.
func TestGoldenFileReadsByPages(t *testing.T) {
	b, err := os.ReadFile("testdata/vault-1.db")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := NewPageReader(testKey)
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n*PageSize < len(b); n++ {
		if !pages.Open(b[n*PageSize:(n+1)*PageSize], int64(n)) {
			t.Errorf("page %d does not carry its seal", n)
		}
	}
	if !bytes.Contains(b, []byte("invented row 7")) {
		t.Error("the decrypted pages do not hold the text")
	}
}
