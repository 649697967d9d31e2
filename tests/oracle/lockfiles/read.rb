# Answers `compare` and `range` as RubyGems does, in the form of spell.cpp.
STDIN.each_line(chomp: true) do |line|
  what, _, a, b = line.split("\t", -1)
  begin
    if what == "compare"
      puts ["<", "=", ">"][(Gem::Version.new(a) <=> Gem::Version.new(b)) + 1]
    else
      puts Gem::Requirement.new(b.split(",").map(&:strip)).satisfied_by?(Gem::Version.new(a)) ? "in" : "out"
    end
  rescue ArgumentError
    puts "unknown"
  end
end
