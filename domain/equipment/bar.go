package equipment

import (
	"fmt"
	"slices"

	"backtobar/domain"
)

// Floor says whether a load pulled from the floor lies at standard height.
type Floor string

// The answers of Load for a pull from the floor. The bar's middle is 225 mm
// above the floor when a pair of plates is 450 mm across; with smaller plates
// it lies lower and the pull is deeper than planned.
const (
	// FloorNone: not a pull from the floor.
	FloorNone Floor = ""
	// FloorStandard: a full-diameter pair is on the bar.
	FloorStandard Floor = "standard"
	// FloorBlocks: no full-diameter pair is on; blocks make up the height.
	FloorBlocks Floor = "blocks"
)

// BarLoad is a load that can be put on one of the bars.
type BarLoad struct {
	Loaded
	// Bar is the empty bar, with its collars.
	Bar domain.Mass
	// Floor says how a pull from the floor gets its height.
	Floor Floor
	set   Set
}

// WarmUp loads lighter sets before the load on the same bar, each a share of
// the load in percent, so that few plates are handled between them.
func (b BarLoad) WarmUp(percents []domain.Decimal) ([]Loaded, error) {
	targets := make([]domain.Decimal, len(percents))
	for i, p := range percents {
		targets[i] = domain.Mass{Value: b.Load.Value, Unit: b.Load.Unit}.Share(p).Value
	}
	return b.set.Ramp(targets, b.Loaded)
}

// Bar loads a bar as heavily as possible without going above the target: of all
// bars of the preferred unit, else of the other, the heaviest load wins, then
// the one with the fewest plates, then the heavier bar. With fromFloor the load
// lies at standard height: by a full-diameter pair, or else by blocks. A target
// below every such load is answered by the lightest one with a warning. The
// error is ErrNotSetUp, or the Problems of a Set.
func (i Inventory) Bar(target domain.Mass, prefer domain.MassUnit, fromFloor bool) (BarLoad, error) {
	sets := i.usable(prefer)
	if len(sets) == 0 {
		return BarLoad{}, ErrNotSetUp
	}
	var best BarLoad
	var found bool
	for _, s := range sets {
		b, err := i.loadSet(s, target, fromFloor)
		if err != nil {
			return BarLoad{}, err
		}
		if !found || b.before(best) {
			best, found = b, true
		}
	}
	return best, nil
}

// before reports whether b is the better answer to the same target.
func (b BarLoad) before(c BarLoad) bool {
	switch {
	case (b.Warning == "") != (c.Warning == ""):
		return b.Warning == ""
	case b.Warning != "":
		return b.Load.Cmp(c.Load) < 0
	case b.Load.Cmp(c.Load) != 0:
		return b.Load.Cmp(c.Load) > 0
	}
	return len(b.PerSide) < len(c.PerSide)
}

// loadSet answers for one bar.
func (i Inventory) loadSet(s Set, target domain.Mass, fromFloor bool) (BarLoad, error) {
	in := domain.DecimalFromRat(target.In(s.Unit))
	out := BarLoad{Bar: domain.Mass{Value: s.Bar, Unit: s.Unit}, set: s}
	var err error
	if out.Loaded, err = s.Heaviest(in); err != nil || !fromFloor {
		return out, err
	}
	if out.Floor = s.height(out.PerSide); out.Floor == FloorStandard {
		return out, nil
	}
	wide, lowest, ok, err := s.Floor(in)
	switch {
	case err != nil:
		return BarLoad{}, err
	case ok && (len(i.Blocks) == 0 || wide.Load.Cmp(out.Load) >= 0):
		out.Loaded, out.Floor = wide, FloorStandard
	case len(i.Blocks) > 0: // the blocks make up the height
	case lowest.Sign() > 0:
		if out.Loaded, _, _, err = s.Floor(lowest); err != nil {
			return BarLoad{}, err
		}
		out.Floor = FloorStandard
		out.Warning = fmt.Sprintf("The lightest load at standard height, %s, is above the target. Use a lighter bar, blocks, or stay with the rack pull.", out.Load)
	default:
		out.Warning = "No plate here is 450 mm across and there are no blocks, so the bar would lie too low. Use blocks, or stay with the rack pull."
	}
	return out, nil
}

// height says whether a full-diameter plate is on the bar. Of a plate that is
// there wide and small, the wide one is taken.
func (s Set) height(side []domain.Decimal) Floor {
	for _, p := range s.Pairs {
		if p.Wide && p.Count > 0 && slices.Contains(side, p.Plate) {
			return FloorStandard
		}
	}
	return FloorBlocks
}
