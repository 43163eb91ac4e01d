// The least time that the multiply-adds of a step of C3 can take on this processor, in float on one thread: as many over
// vectors in registers, none of which waits for another.
//
//   g++ -O3 -march=native -ffp-contract=fast peak.cpp -o peak
#include "tapes.hpp"

// The widest vectors, as the compiler's own type: a loop over numbers is not always made into them.
#ifdef __AVX512F__
static const int lanes = 16;
#else
static const int lanes = 8;
#endif
typedef float vec __attribute__((vector_size(lanes * sizeof(float))));

// Enough to hide how long a multiply-add takes, and few enough for the registers. Each starts from another number, or the
// compiler would keep one for several.
static const int count_of_sums = 12;

// Forward, gradients of the weights, and gradients of the values but the inputs: 128 rows through 784-512-256-10.
static const double products = 128.0 * (2 * (784 * 512 + 512 * 256 + 256 * 10) + 512 * 256 + 256 * 10);

int main(int count, char** arguments) {
    const int turns = 100000;
    volatile float factor = 0.999f, term = 0.001f;
    Contest("multiply-adds alone", count, arguments).measure("C3 and the processor's peak", "single", "us", products / ((double)count_of_sums * lanes * turns), [&] {
        vec x = vec{} + factor, y = vec{} + term, sums[count_of_sums], all = {};
#pragma GCC unroll 12
        for (int i = 0; i < count_of_sums; i++) sums[i] = y * (float)i;
        for (int turn = 0; turn < turns; turn++) {
#pragma GCC unroll 12
            for (int i = 0; i < count_of_sums; i++) sums[i] = sums[i] * x + y;
        }
#pragma GCC unroll 12
        for (int i = 0; i < count_of_sums; i++) all += sums[i];
        return (double)all[0];
    });
}
