# Where the part of a store that a grant speaks of meets the part in which a label was found.
package probity.lib.paths

# meets holds if the place lies under the grant's pattern, in which * is any text and ? any one character.
meets(pattern, place) if regex.match(anchored(pattern), place)

anchored(pattern) := concat("", ["(?s)^", replace(replace(literal(pattern), "*", ".*"), "?", ".")])

literal(pattern) := regex.replace(pattern, `[.+^$()\[\]{}|\\]`, `\${0}`)
