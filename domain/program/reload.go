package program

import (
	"backtobar/domain"
	"backtobar/domain/equipment"
)

// WithLoad returns the item of a sub-stage with another weight, as the bells or
// the bar and plates there make it, with its lighter sets. target is the exact
// mass that the weight stands for. ok is false when it cannot be made like that,
// for instance a bar on the floor that would lie too low.
func (l *Library) WithLoad(it Item, s SubStage, load, target domain.Mass, why string, there equipment.Inventory) (out Item, ok bool) {
	it.Bar, it.PerSide, it.WarmUp, it.Target = nil, nil, nil, nil
	if l.exercises[it.Exercise].Needs != NeedsBarbell {
		it = it.with(load, target, why)
		if bells := there.Bells(); it.Where != AtHome && len(bells) > 0 {
			it.WarmUp = l.Ramps.bells(load, bells)
		}
		return it, true
	}
	b, err := there.Bar(load, load.Unit, s.FromFloor)
	if err != nil || b.Warning != "" || b.Load.Cmp(load) != 0 {
		return it, false
	}
	it = l.withBar(it, b, load, why)
	return it.with(load, target, it.LoadReason), true
}
