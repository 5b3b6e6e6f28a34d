package program

import (
	"backtobar/domain"
	"backtobar/domain/equipment"
)

// FirstBarTarget is the target of the first session of 3A: that percentage of
// the last kettlebell of 2D, and at least the lightest bar of the inventory.
func (l *Library) FirstBarTarget(bell domain.Mass, inv equipment.Inventory) domain.Mass {
	target := bell.Share(l.Loads.FirstBarPercent)
	var lightest domain.Mass
	for i, s := range inv.Sets() {
		if bar := (domain.Mass{Value: s.Bar, Unit: s.Unit}); i == 0 || bar.Cmp(lightest) < 0 {
			lightest = bar
		}
	}
	if target.Value.Sign() > 0 && target.Cmp(lightest) < 0 {
		return lightest
	}
	return target
}
