//go:build race

package screen_test

// raced: the race detector makes a case ten times as slow and looks for
// something else than a wrong decision, so it sees one case of many. The whole
// runs without it in .ci/proof.sh.
const raced = true
