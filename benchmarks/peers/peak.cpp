// The least time that the multiply-adds of a step of C3 can take on this processor, in float on one thread: as many over
// vectors in registers, none of which waits for another.
//
//   g++ -O3 -march=native -mprefer-vector-width=512 -ffp-contract=fast peak.cpp -o peak
#include "tapes.hpp"

// Twelve of the widest vectors: enough to hide how long a multiply-add takes, and few enough for the registers.
#ifdef __AVX512F__
static const int width = 12 * 16;
#else
static const int width = 12 * 8;
#endif

// Forward, gradients of the weights, and gradients of the values but the inputs: 128 rows through 784-512-256-10.
static const double products = 128.0 * (2 * (784 * 512 + 512 * 256 + 256 * 10) + 512 * 256 + 256 * 10);

int main(int count, char** arguments) {
    const int turns = 100000;
    volatile float factor = 0.999f, term = 0.001f;
    Contest("multiply-adds alone", count, arguments).measure("C3 and the processor's peak", "single", "us", products / ((double)width * turns), [&] {
        float x = factor, y = term, sums[width], all = 0;
        for (int i = 0; i < width; i++) sums[i] = y;
        for (int turn = 0; turn < turns; turn++)
            for (int i = 0; i < width; i++) sums[i] = sums[i] * x + y;
        for (float sum : sums) all += sum;
        return (double)all;
    });
}
