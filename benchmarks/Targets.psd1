# What is to hold. Ratio: how many times faster than a peer (the best one where none is named). Limit: at most so much, in
# the unit of the row. Before: at most so many times what the earlier build takes, where one is measured beside this one.
@{
    Targets = @(
        @{ Workload = 'C1'; Precision = 'single'; Ratio = 15 }
        @{ Workload = 'C1'; Precision = 'double'; Ratio = 9 }
        @{ Workload = 'C2'; Precision = 'single'; Ratio = 2.6 }
        @{ Workload = 'C2'; Precision = 'double'; Ratio = 2.1 }
        @{ Workload = 'C3'; Precision = 'single'; Threads = 1; Ratio = 1.6 }
        @{ Workload = 'C3'; Precision = 'double'; Threads = 1; Ratio = 1.4 }
        @{ Workload = 'C3'; Precision = 'single'; Threads = 2; Ratio = 1.7 }
        @{ Workload = 'C3'; Precision = 'double'; Threads = 2; Ratio = 1.5 }
        # What a prototype reached; the multiply-adds alone are the whole.
        @{ Workload = "C3 and the processor's peak"; Ratio = 0.82 }
        # Live graphs are not to become slower: there is no room for that beyond noise.
        @{ Workload = 'moons, live graph'; Before = 1.05 }
        @{ Workload = 'elementary operations'; Before = 1.05 }
        @{ Workload = 'elementary operations, memory'; Limit = 56.5 }
        @{ Workload = 'chain of 1,000,000'; Before = 1.05 }
        @{ Workload = 'small GPT, 1,000 steps'; Ratio = 10 }
        # A second to record and compile, and 3 ms a step.
        @{ Workload = 'small GPT, 1,000 steps'; Limit = 4 }
        @{ Workload = 'moons demonstration, fresh pwsh'; Limit = 1000 }
        @{ Workload = 'module import over a bare start'; Limit = 95 }
        @{ Workload = 'first training over an import'; Limit = 180 }
        # 1.2 times the floor.
        @{ Workload = 'operator at the prompt'; Ratio = 0.8333 }
        @{ Workload = 'binding rows of Import-Csv'; Ratio = 1 }
        @{ Workload = 'rows by -Path'; Peer = 'Sep and parsing'; Ratio = 1 }
        # Not much slower than to have the rows.
        @{ Workload = 'Import-Csv through the pipeline'; Peer = 'collected in a variable'; Ratio = 0.9 }
    )
}
