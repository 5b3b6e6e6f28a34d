#!/usr/bin/env bash
# Makes every home program (language, paper, print size) and holds the files to
# other people's software: qpdf finds no fault, every font is embedded, and the
# words come out again in reading order. The files stay in build/paper.
#
#   .ci/paper.sh

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh test
rm -rf build/paper
mkdir -p build/paper
go test -count=1 ./reports/handout -run 'TestEverySheet$' -keep "$PWD/build/paper"

bad=0
wrong() {
	printf '%s: %s\n' "$1" "$2"
	bad=1
}
for file in build/paper/*.pdf; do
	qpdf --check "$file" >/dev/null 2>&1 || wrong "$file" "qpdf finds a fault"
	# Columns from the right: object, object, unicode, subset, embedded.
	pdffonts "$file" | tail -n +3 | awk '$(NF-4) != "yes" { found = 1 } END { exit found || NR != 2 }' ||
		wrong "$file" "not two fonts, both embedded"
	case $file in
	*-es-*) order='Su programa.*Pare y llámenos.*Llame al 911.*Mi semana.*¿Preguntas?' ;;
	*) order='Your home program.*Stop and call us.*Call 911.*My week.*Questions?' ;;
	esac
	pdftotext -raw "$file" - | tr '\n\f' '  ' | grep -q "$order" || wrong "$file" "the words are not in reading order"
	[ "$(stat -c %s "$file")" -le 122880 ] || wrong "$file" "is larger than 120 KB"
done
[ $bad -eq 0 ] || fail "The paper is not right; see above."
say "$(ls build/paper/*.pdf | wc -l) home programs are right"
