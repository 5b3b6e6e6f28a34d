// Package kit is the program's own set of controls. Stock controls lose keys,
// focus and contrast: an entry swallows the program's shortcuts, a dialog takes
// no focus, a list has no Home or End. Everything a person touches is therefore
// built here once, with one rule for all of them:
//
//   - every control can be reached and used by keys alone, in reading order;
//   - the control that has the keyboard shows a violet ring outside itself and
//     is scrolled into view;
//   - what a control does not use, it hands to its Host: the Router of the
//     window, often through the FormScroll it stands in.
//
// A form is a FormScroll with Fields on a Grid. A Field names its control,
// marks it needed, and shows the sentence that says what is wrong above it.
// Controls keep what was typed, even when it is wrong.
package kit
