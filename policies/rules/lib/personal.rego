# What labels speak of. A credential opens a store and is nobody's data, so it is in neither set.
package probity.lib.personal

categories := {"identifier", "contact", "financial", "health", "special", "child", "location", "online"}

sensitive := {"financial", "health", "special", "child"}
