package kit

import (
	"strconv"
	"time"

	"backtobar/domain"
)

// SheetForm is the Host of the controls on a Sheet: the sheet makes room when a
// problem is shown or goes.
type SheetForm struct {
	*Router
	Sheet *Sheet
}

// Relayout implements Host.
func (f SheetForm) Relayout() { f.Sheet.Relayout() }

// Date reads the three boxes. Empty boxes are the zero date and no problem; name
// is what a problem calls the date.
func (d *DateEntry) Date(name string) (date domain.Date, problem string) {
	if d.Month()+d.Day()+d.Year() == "" {
		return domain.Date{}, ""
	}
	month, err := strconv.Atoi(d.Month())
	ok := err == nil
	if !ok {
		month, ok = MonthOf(d.Month())
	}
	day, err1 := strconv.Atoi(d.Day())
	year, err2 := strconv.Atoi(d.Year())
	if ok && err1 == nil && err2 == nil && len(d.Year()) == 4 {
		if date, ok = domain.NewDate(year, time.Month(month), day); ok {
			return date, ""
		}
	}
	return domain.Date{}, name + " must be a real date with a year of 4 digits"
}
