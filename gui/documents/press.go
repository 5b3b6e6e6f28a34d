package documents

import (
	"context"

	"backtobar/domain/clinic"
	"backtobar/domain/program"
	"backtobar/gui/paper"
	"backtobar/reports/doc"
	"backtobar/reports/report"
)

// NewPress returns the press of the program, with the route that names the
// exercises of plans.
func NewPress(route *program.Library) Press {
	return func(ctx context.Context, kind clinic.PaperKind, size string, d clinic.Dossier) (paper.Sheet, error) {
		made, problems := report.Build(report.Order{Kind: kind, Paper: doc.Paper(size), Dossier: d, Route: route})
		if err := problems.Err(); err != nil {
			return paper.Sheet{}, err
		}
		return paper.Of(ctx, made)
	}
}
