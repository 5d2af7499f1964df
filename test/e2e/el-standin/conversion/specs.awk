# Turns what Debian says about its packages into the heads of spec files.
#
#   awk -f specs.awk -v release=8 -v folder=SPECS packages CONTROL
#
# packages: the list beside this file. CONTROL: a line for each .deb: file, package, version, architecture, depends, provides,
# summary, with tabs between them. Leaves SPECS/<package>.spec up to its list of files and SPECS/<package>.parts, one part of
# the package a line with its patterns; prints for each .deb to convert: file, package, repository.
BEGIN { FS = "\t" }

function fail(message) {
    print "specs.awk: " message >"/dev/stderr"
    failed = 1
    exit 1
}

# 1:2.3-4+deb11u1 as rpm has it. rpm knows no second hyphen; a version of Debian's own has no release.
function version_of(version) {
    return match(version, /-[^-]*$/) ? underscores(substr(version, 1, RSTART - 1)) substr(version, RSTART) : version
}
function underscores(text) {
    gsub(/-/, "_", text)
    return text
}
function name_of(package) {
    return package in renamed ? renamed[package] : package
}

# relation("libc6 (>= 2.14)") = "glibc >= 2.14". Of "a | b" the first that is here counts.
function relation(text,    choices, count, i, part, package, operator) {
    count = split(text, choices, / *\| */)
    for (i = 1; i <= count; i++) {
        part = choices[i]
        package = part
        sub(/ .*/, "", package)
        sub(/:.*/, "", package)
        if (package in absent) return ""
        if (!(package in here)) continue
        if (!match(part, /\([<=>]+ [^)]*\)/)) return name_of(package)
        part = substr(part, RSTART + 1, RLENGTH - 2)
        operator = part
        sub(/ .*/, "", operator)
        sub(/^[^ ]* /, "", part)
        if (operator == "<<") operator = "<"
        # Without a release rpm compares versions alone, and 1.2-3 is no more than 1.2.
        if (operator == ">>") operator = part ~ /-/ ? ">" : ">="
        return name_of(package) " " operator " " version_of(part)
    }
    return "?"
}

FNR == NR {
    sub(/^#.*/, "")
    if (match($0, /^[0-9]+: */)) {
        if (int($0) != release) next
        $0 = substr($0, RLENGTH + 1)
    }
    if (/^\[/) section = substr($0, 2, index($0, "]") - 2)
    else if (section == "absent" && $0 != "") absent[$1] = 1
    else if ((count = split($0, word, / +/)) >= 3) {
        package = word[3]
        if (word[2] == "=") {
            renamed[package] = word[1]
            repository[package] = section == "installed" ? "baseos" : section
        } else {
            parts[package] = parts[package] word[1]
            part_of[word[1]] = package
        }
        for (i = 4; i <= count; i++) {
            if (word[i] == "+") more[word[1]] = more[word[1]] "\n" word[++i]
            else if (word[i] == "-") less[package, word[++i]] = 1
            else parts[package] = parts[package] " " word[i]
        }
        if (word[2] == "<") parts[package] = parts[package] "\n"
    }
    next
}

{
    here[$2] = 1
    control[++packages] = $0
    count = split($6, given, /, */)
    for (i = 1; i <= count; i++) {
        package = given[i]
        sub(/ .*/, "", package)
        here[package] = 1
    }
}

function requires(name,    lines, count, i, result) {
    count = split(more[name], lines, "\n")
    for (i = 2; i <= count; i++) {
        if (!(lines[i] in here)) fail(name " asks for " lines[i] ", which is not here")
        result = result "Requires: " name_of(lines[i]) "\n"
    }
    return result
}

function write_spec(line,    field, spec, package, name, version, epoch, count, list, i, text, target) {
    split(line, field, "\t")
    package = field[2]
    name = name_of(package)
    version = version_of(field[3])
    spec = folder "/" package ".spec"
    if (version ~ /:/) {
        epoch = int(version)
        sub(/^[0-9]*:/, "", version)
        print "Epoch: " epoch >spec
    }
    if (version !~ /-/) version = version "-0"
    text = version
    sub(/-.*/, "", text)
    sub(/.*-/, "", version)
    print "Name: " name "\nVersion: " text "\nRelease: " version "\nSummary: " field[7] "\nLicense: as Debian's " package >spec
    if (field[4] == "all") print "BuildArch: noarch" >spec
    print "AutoReq: no" >spec
    count = split(field[5], list, /, */)
    for (i = 1; i <= count; i++) {
        if (list[i] == "") continue
        target = list[i]
        sub(/[ :].*/, "", target)
        if ((package, target) in less) continue
        text = relation(list[i])
        if (text == "?") fail(package " depends on " list[i] ", which is not here")
        if (text != "") print "Requires: " text >spec
    }
    printf "%s", requires(name) >spec
    count = split(field[6], list, /, */)
    for (i = 1; i <= count; i++) {
        if (match(list[i], / \(= [^)]*\)/)) {
            text = substr(list[i], RSTART + 4, RLENGTH - 5)
            print "Provides: " substr(list[i], 1, RSTART - 1) " = " version_of(text) >spec
        } else print "Provides: " list[i] >spec
    }
    print "%description\nMade from Debian's package " package " " field[3] "." >spec
    count = split(parts[package], list, "\n")
    for (i = 1; i < count; i++) {
        text = list[i]
        sub(/ .*/, "", text)
        print "%package -n " text "\nSummary: a part of " name "\nAutoReq: no\nRequires: " name " = %{?epoch:%{epoch}:}%{version}-%{release}" >spec
        printf "%s", requires(text) >spec
        print "%description -n " text "\nA part of Debian's package " package " " field[3] "." >spec
        print "%files -n " text " -f files." text >spec
        print list[i] >(folder "/" package ".parts")
    }
    close(spec)
    print field[1] "\t" package "\t" (package in repository ? repository[package] : "baseos")
}

END {
    if (failed) exit 1
    for (package in renamed) if (!(package in here)) fail("there is no " package " for " renamed[package])
    for (package in part_of) if (!(part_of[package] in here)) fail("there is no " part_of[package] " for " package)
    for (i = 1; i <= packages; i++) {
        split(control[i], word, "\t")
        if (!(word[2] in absent)) write_spec(control[i])
    }
}
