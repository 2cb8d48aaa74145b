// Package pagetest judges pages as people use them: by axe, pa11y and the Nu checker, light and dark, narrow and wide, by keys
// alone. One Chromium serves all pages of a test. Tests alone import it.
package pagetest
