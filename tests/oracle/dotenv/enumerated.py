"""Environment files one difference at a time: every value under every quote, every name with every sign, every line end, and
whole files in which a line depends on another."""

VALUES = [
    "", "1", "x y", "a\\tb", "a\\\\b", "a\\nb", "a\\rb", '\\', 'a\\', '\\\\', 'a\\\\', '\\"', 'a\\"b', "\\'", "a\\'b", "it's",
    'say "hi"', "#", "#c", " #c", " # c", "a#c", "a #c", "a # c", "a  # c", "a\t#c", "a\t# c", '"#"', "$", "$$", "$$$", "a$",
    "$Z", "${Z}", "$Z$Z", "${Z}${Z}", "a${Z}b", "a$Zb", "$Zb", "${Z", "$Z}", "{$Z}", "${}", "${ Z}", "${Z }", "$1", "${1}", "$-",
    "$Z-x", "$NOPE", "${NOPE}", "${NOPE:-d}", "${NOPE-d}", "${NOPE:-}", "${NOPE:-$Z}", "${NOPE:-${Z}}", "${NOPE:-${NO2:-deep}}",
    "${NOPE:-a b}", '${NOPE:-a"b}', "${NOPE:-a#b}", "${NOPE:-a}b}", "${Z:-d}", "${Z-d}", "${Z:+alt}", "${Z+alt}", "${NOPE:+alt}",
    "${NOPE+alt}", "${NOPE:?err}", "${NOPE?err}", "${Z:?err}", "\\$Z", "\\${Z}", "\\\\$Z", "\\\\${Z}", "\\\\\\$Z", "$$Z",
    "$${Z}", "${Z:0:1}", "${Z%d}", "${#Z}", "${!Z}", "$(echo x)", "`echo x`", "$((1+1))", "${EMPTY}", "${EMPTY:-d}",
    "${EMPTY-d}", "${EMPTY:+x}", "${EMPTY+x}", "$EMPTY", "${A}", "$A", "x${A}", "${LATER}", "$LATER", "${NOPE:-$NOPE}",
    "pa$$word", "pa$word", "a=b", "=", "==", "a==b", "=a", '{"x":1}', "[1,2]", "{x}", "a,b", "a, b", "a;b", "a&b", "a|b", "a>b",
    "a<b", "(a)", "*", "?", "~", "~/x", "!", "!x", "%d", "@", "^", "a:b", ":", "http://u:p@h:1/p?q=1&r=2#f", "true", "null",
    "(empty)", "base64:AbC/+d==", "\xe4\xf6\u20ac", "\xa0x", "x\xa0", "\u2003x", "\x0bx", "x\x0b", "\x0c", "\x1c", "\x85",
    "a\tb", "\ta", "a\t", "  a  ", "a  b", "-----BEGIN-----\\nX\\n-----END-----", '"a"b', '"a" b', '"a"#c', '"a" #c', '"a"  ',
    "'a'b", "'a' b", "'a'#c", "'a' # c", '"a\'b"', '\'a"b\'', '"a""b"', '"a"\'b\'', '"a', 'a"', "'a", "a'", '""', "''", '"', "'",
    "`", "``", "`a`", "`a", '`a"b\'c`', '"a\\"', '"a\\\\"', '"a\\\\\\"b"', "'a\\'", "'a\\\\'", "'it\\'s'", '"\\q"', '"\\u00e9"',
    '"\\x41"', '"\\101"', '"\\e"', '"\\0"', '"\\ "', '"\\\tx"', '"$Z"', '"${Z}"', "'$Z'", "'${Z}'", '"\\$Z"', '"\\${Z}"',
    '"a\\$b"', '"$"', '"a$"', '"$$"', '"${NOPE:-d e}"', '"${NOPE:-"q"}"', '"#"', '"a#b"', '"a # b" # c', "'a # b' # c", '"a=b"',
    '"  a  "', "'  a  '", '""x', 'x""', 'x"y"z', "x'y'z", '"multi\nline"', '"multi\n#line"', "'multi\nline'", '"multi\n\nline"',
    '"multi\nB=3"', "`multi\nline`", '"multi\\\nline"', "a\\\nb", "a \\\nb", '"a\nb\n', '"a\r\nb"', "export", "export x",
]

NAMES = [
    "A", "export A", "export  A", "exportA", "export\tA", "EXPORT A", " A", "\tA", "A ", "a", "A1", "1A", "_A", "A.B", "A-B",
    "A/B", "A:B", "A@", "A[0]", '"A"', "'A'", "A B", "\xc4B", "A\xc4", "\ufeffA", "A\xa0", "", "export", "export ", "export=",
    "#A", "-A", ".A", "A$", "$A", "${A}", "A#", "A;", "exportt A", "export LONGNAME", 'export "LONGNAME"', "export 'LONGNAME'",
    'A\\', "%A", "A+", "A?", "A!", "A\x00B",
]

SIGNS = [
    "=", " = ", "= ", " =", "\t=\t", ":", ": ", " : ", "==", "=  ", "", "+=", "?=", ":=", "=\n", "\n=",
]

LINE_ENDS = ["\r\n", "\r", "\n\r", "\n\n", "\n \n", "\n\t\n", "\r\r\n", "\x0b", "\x0c", "\u2028", "\x85", "\n#c\n", "\n # c\n"]

FILES = [
    "A=1\nA=2\n", "A=1\nA=\n", "A=1\nA\n", "A\nA=1\n", "A=1\nB=$A\nA=2\nC=$A\n", "A=1\nB=${A}\nA=2\nC=${A}\n", "A=x\nA=${A}y\n",
    "A=x\nA=$A:y\nA=$A:z\n", "A=$B\nB=$A\n", "A=${B}\nB=${C}\nC=c\n", "A=${B:-${C:-${D:-x}}}\n", "B=b\nA=${B:-${C:-${D:-x}}}\n",
    "A=a\nB=${A}_${A}\nC=${B}_${A}\n", 'A="a\nB=b\n', "A='a\nB=b\n", "A=`a\nB=b\n", 'A="a\nB="b"\n', 'A="a\nB=b"\nC=c\n',
    'A=a"\nB="b\n', '"\nA=1\n', "'\nA=1\n", 'A=1 "\nB=2\n', "words only\nA=1\n", "=\nA=1\n", "=x\nA=1\n", "export\nA=1\n",
    "export A\nB=1\n", "A\nB=1\n", "A =\nB=1\n", "A= \nB=1\n", "A=\tB=1\n", "A=1 B=2\n", "A=1;B=2\n", "A=1,B=2\nC=3\n",
    "#A=1\nB=2\n", "A=1#\nB=2#x\n", 'A="1"#\n', "A=#\n", "A= #\n", 'A="#"#\n', "\n\n\nA=1\n\n\n", "A=1", "A=", 'A="', "A='", "A",
    "#", "", "\n", "\ufeff", "\ufeffA=1", "\ufeff\nA=1", "A=1\x00\nB=2\n", "  \n\t\nA=1", "A=\\\nB=1\n", "A=1\\\nB=2\n",
    'A="1\\\nB=2"\n', 'A="1\\"\nB=2\n', "A='1\\'\nB=2\n", 'A="a b" c\nB=1\n', "A=a b\nB=1\n", "A=a b # c\nB=1\n",
    "A=(a b)\nB=1\n", "A=$(x y)\nB=1\n", "A=[a, b]\nB=1\n", "export A=1 B=2\nC=3\n", "export A=1\texport B=2\n", "set A=1\n",
    "unset A\nB=1\n", ". ./other\nA=1\n", "if true; then\nA=1\nfi\n", "A=1 && B=2\n", 'A="1" && B=2\n', "A=<<EOF\nx\nEOF\nB=2\n",
    'A="${B}"\nB="x"\n', "A='${B}'\nB=x\n", 'B=x\nA="${B}"\nC=\'${B}\'\nD=${B}\nE=`${B}`\n', "A_B=1\nC=$A_B\nD=${A}_B\nE=$A\n",
    "a=1\nA=2\nB=$a$A\n", 'A=1\nB=$A.x\nC=$A-x\nD=$A/x\nE=$Ax\nF="$A"x\n', 'A=$\nB=$ \nC=$"x"\nD=$\'x\'\n', 'A=\'$\'\nB="$"\n',
    "A=a\\ b\nB=2\n", "A=a\\#b\nB=2\n", "A=a\\\\#b\n", 'A="\\n\\t\\r\\v\\f\\b\\a"\n', "A='\\n\\t'\n", "A=\\n\\t\n",
    'A="\\\\n"\n', 'A="\\\\\\n"\n', 'A="\\\\\\\\n"\n', 'A="\\\'"\n', 'A="\\`"\n', "A=%PATH%\n", 'A=!x\nB="!x"\n',
    'A=~\nB=~/x\nC="~"\n', "A={a,b}\nB={1..3}\n", "A=*\n", "A=a*b\n", 'FOO=bar\nBAR=baz\nSPACED="with spaces"\n\nNULL=\n',
    'ASSERTVAR1=val1\nASSERTVAR2=""\nASSERTVAR3="val3   "\nASSERTVAR4="0" # empty looking value\nASSERTVAR5="#foo"\nASSERTVAR6="val1\nval2"\nASSERTVAR7="\nval3"\nASSERTVAR8="val3\n"\nASSERTVAR9="\n\n"\n',
    'VALID_EXPLICIT_LOWERCASE_TRUE=true\nVALID_YES="yes"\nINVALID_SOMETHING=something\nINVALID_EMPTY=\nINVALID_NULL\n',
    '# This is a comment\nCFOO=bar\n#CBAR=baz\n#CZOO=goo # a comment on a commented row\nCSPACED="with spaces" # this is a comment\nCQUOTES="a value with a # character" # this is a comment\nCQUOTESWITHQUOTE="a value with a # character & a quote \\" character inside quotes" # " this is a comment\nEMPTY= # comment with empty variable\nEMPTY2=# comment with empty variable\nFOOO=foo# comment with no space\nBOOLEAN=yes # (yes, no)\n\nCNULL=\n\n## this is a comment ##\n',
    'QFOO="bar"\nQBAR=\'baz\'\nQSPACED="with spaces"\nQEQUALS="pgsql:host=localhost;dbname=test"\nQNULL=""\nQWHITESPACE = "no space"\nQESCAPED="test some escaped characters like a quote (\\") or maybe a backslash (\\\\)"\nQSLASH="iiiiviiiixiiiiviiii\\\\n"\nSQESCAPED=\'\\\n',
    'SPVAR1=\'$a6^C7k%zs+e^.jvjXk\'\nSPVAR2=\'?BUty3koaV3%GA*hMAwH}B\'\nSPVAR3=\'jdgEB4{QgEC]HL))&GcXxokB+wqoN+j>xkV7K?m$r\'\nSPVAR4=\'22222:22#2^{\'\nSPVAR5="test some escaped characters like a quote \\" or maybe a backslash \\\\" # not escaped\nSPVAR6=secret!@\nSPVAR7=\'secret!@#\'\nSPVAR8="secret!@#"\n',
    'TEST="test\n     test\\"test\\"test\n     test"\nTEST_ND="test\\ntest"\nTEST_NS=\'test\\ntest\'\n\nTEST_EQD="https://vision.googleapis.com/v1/images:annotate?key="\nTEST_EQS=\'https://vision.googleapis.com/v1/images:annotate?key=\'\n',
    "MULTI1=foo\nMULTI2=${MULTI1}\n", 'FOO=bar\r\nBAR=baz\r\nSPACED="with spaces"\r\n', 'A="a\n\n\nb"\nC=1\n',
    'MB1="\u0100 \u0101 \u0102 \u0103 \u0104 \u0105 \u0106 \u0107 \u0108 \u0109 \u010a \u010b \u010c \u010d \u010e \u010f \u0110 \u0111 \u0112 \u0113 \u0114 \u0115 \u0116 \u0117 \u0118 \u0119 \u011a \u011b"\nMB2=\u884c\u5185\u652f\u4ed8\n',
    'LARGE="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"\nB=1\n',
    "IMMUTABLE=x\nIMMUTABLE=y\n", "Albert\xc5berg=Skybert\n\u0414\u0430\u0442\u0443=\u0414\u0430\u0442\u0443\n_x=1\n\u65e5=1\n",
]


def texts():
    """Returns the files as bytes, none twice."""
    around = "Z=zed\nEMPTY=\n%s\nLATER=late\nB=2\n"
    out = []
    for value in VALUES:
        out += [around % ("A=" + value), around % ("A= " + value + " "), 'Z=zed\nA="' + value + '" # c\nB=2']
        out += [around % ("A=" + quote + value + quote) for quote in "\"'`" if quote not in value]
    for name in NAMES:
        out += ["Z=1\n" + name + sign + "x\nB=2\n" for sign in SIGNS]
        out += ["Z=1\n" + name + "\nB=2\n", name + '="q r"\nB=2\n', name + "=\nB=2\n", "B=1\n" + name + "=x y\nB=2\n"]
    plain = "A=1\nB=\"2\"\nC='3'\n"
    for end in LINE_ENDS:
        ended = plain.replace("\n", end)
        out += [ended, ended.rstrip(), end + plain, "\ufeff" + ended]
    return [text.encode() for text in dict.fromkeys(out + FILES)]
