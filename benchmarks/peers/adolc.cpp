// ADOL-C: recorded anew in each step.
//
//   g++ -O3 -march=native adolc.cpp -ladolc -o adolc && ./adolc THREADS SECONDS [WORKLOAD ...]
#include <adolc/adolc.h>

#include "tapes.hpp"

// Recording keeps what the way back needs, so that no forward sweep is needed between. Buffers have room for so many
// operations that a tape stays in memory, and no more: larger ones are slower.
class Tape {
public:
    double moons_anew() {
        auto p = moons_parameters_;
        double value = record(2, p, 1, 1 << 16, [](auto& x, adouble& y) {
            // A branch in C++ is as good as one on the tape, where the tape is used once.
            moons(x, y, [](adouble& h, adouble& z) {
                if (z.getValue() > 0) h = z;
                else h = 0.0;
            });
        });
        return value + norm(back(2, p.size()));
    }

    template <bool has_tanh>
    double chain_anew(int steps) {
        record(has_tanh, chain_start, 1, 8 * (size_t)steps, [=](auto& x, adouble& y) { chain<has_tanh>(x, y, steps); });
        return back(has_tanh, chain_start.size())[0];
    }

private:
    template <typename Program>
    double record(short tag, const std::vector<double>& p, int keep, size_t room, Program program) {
        double value;
        trace_on(tag, keep, room, 3 * room, room, room, 1);
        if (active_.size() != p.size()) active_ = std::vector<adouble>(p.size());
        for (size_t i = 0; i < p.size(); i++) active_[i] <<= p[i];
        static adouble y;
        program(active_, y);
        y >>= value;
        trace_off();
        return value;
    }

    std::vector<double>& back(short tag, size_t count) {
        double one = 1;
        gradient_.resize(count);
        fos_reverse(tag, 1, (int)count, &one, gradient_.data());
        return gradient_;
    }

    std::vector<double> moons_parameters_ = moons_parameters(), gradient_;
    std::vector<adouble> active_;
};

int main(int count, char** arguments) {
    Contest contest("ADOL-C", count, arguments);
    Tape tape;
    contest.measure_anew(tape);
}
