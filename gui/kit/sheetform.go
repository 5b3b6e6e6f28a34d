package kit

// SheetForm is the Host of the controls on a Sheet: the sheet makes room when a
// problem is shown or goes.
type SheetForm struct {
	*Router
	Sheet *Sheet
}

// Relayout implements Host.
func (f SheetForm) Relayout() { f.Sheet.Relayout() }
