package store

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"backtobar/domain"
)

// Another program reads what was decrypted: the records outlive this one.
func TestDecryptedRecordsAreOrdinarySQLite(t *testing.T) {
	v, o, _, _ := backed(t)
	path := filepath.Join(t.TempDir(), "plain.db")
	if err := v.Decrypt(ctx, o, path); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(b), "SQLite format 3\x00") || !strings.Contains(string(b), "munoz") {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	if err := v.Decrypt(ctx, o, path); !errors.Is(err, domain.ErrConflict) {
		t.Errorf("over a file that is there: %v", err)
	}
	tool, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("no sqlite3 tool here to read it with")
	}
	out, err := exec.Command(tool, path, "pragma integrity_check; select count(*) from patients").CombinedOutput()
	if err != nil || string(out) != "ok\n30\n" {
		t.Errorf("sqlite3 says %q, %v", out, err)
	}
}
