# Which ranges are everybody, and how ports are written.
package probity.lib.networks

# everyone holds for what is wider than anybody's own network: providers measure "public" so too, and two halves of the internet are
# all of it.
everyone(cidr) if {
	not contains(cidr, ":")
	to_number(split(cidr, "/")[1]) < 8
}

everyone(cidr) if {
	contains(cidr, ":")
	not startswith(lower(cidr), "fc")
	not startswith(lower(cidr), "fd")
	to_number(split(cidr, "/")[1]) < 32
}

# All ports are written as none.
ports(opening) := "all" if opening.to <= 0

ports(opening) := format_int(opening.from, 10) if {
	opening.to > 0
	opening.from == opening.to
}

ports(opening) := sprintf("%d-%d", [opening.from, opening.to]) if {
	opening.to > 0
	opening.from != opening.to
}

# covers holds if a port lies in an opening.
covers(opening, _) if opening.to <= 0

covers(opening, port) if {
	opening.from <= port
	port <= opening.to
}
