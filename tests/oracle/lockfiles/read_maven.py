"""Answers `compare` as Maven's ComparableVersion does, in the form of spell.cpp. Exit status 77 without Java or Maven."""
import glob
import re
import shutil
import subprocess
import sys

artifact = glob.glob("/usr/share/maven/lib/maven-artifact-3*.jar")
lang = glob.glob("/usr/share/java/commons-lang3*.jar")
if not artifact or not lang or not shutil.which("java"):
    sys.exit(77)

versions = [version for line in sys.stdin for version in line.rstrip("\n").split("\t")[2:]]
# It compares each version with the one before: those of one question are every second comparison.
done = subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(artifact + lang),
                       "org.apache.maven.artifact.versioning.ComparableVersion"] + versions,
                      stdout=subprocess.PIPE, check=True)
orders = re.findall(r"^ {3}\S* (<|==|>) \S*$", done.stdout.decode(), re.M)
for order in orders[::2]:
    print(order.replace("==", "="))
