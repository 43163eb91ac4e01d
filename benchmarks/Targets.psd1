# What is to hold. Ratio: how many times faster than a peer (the best one where none is named). Limit: at most so much, in
# the unit of the row.
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
        @{ Workload = "C3 and the processor's peak"; Ratio = 0.65 }
        @{ Workload = 'moons, live graph'; Ratio = 6 }
        @{ Workload = 'moons, live graph'; Limit = 250 }
        @{ Workload = 'elementary operations'; Limit = 15 }
        @{ Workload = 'elementary operations, memory'; Limit = 72 }
        @{ Workload = 'chain of 1,000,000'; Limit = 250 }
        @{ Workload = 'chain of 1,000,000, memory'; Limit = 120 }
        @{ Workload = 'chain of 10,000,000, memory'; Limit = 120 }
        @{ Workload = 'small GPT, 1,000 steps'; Ratio = 10 }
        @{ Workload = 'moons demonstration, fresh pwsh'; Limit = 1000 }
        @{ Workload = 'module import over a bare start'; Limit = 100 }
        # 1.2 times the floor.
        @{ Workload = 'operator at the prompt'; Ratio = 0.8333 }
        @{ Workload = 'binding rows of Import-Csv'; Ratio = 1 }
        # Not much slower than to have the rows.
        @{ Workload = 'Import-Csv through the pipeline'; Peer = 'collected in a variable'; Ratio = 0.9 }
    )
}
