using System.Runtime.CompilerServices;
using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A tensor: the owner of one native handle. It belongs to the dispose scope it was made in; without one, to whoever
    /// disposes it, or to its finalizer.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        private nint handle;
        private int kibibytes;

        /// <summary>Takes over a handle.</summary>
        /// <param name="handle">A pointer to an at::Tensor.</param>
        /// <param name="register">Whether the current dispose scope becomes its owner.</param>
        internal Tensor(nint handle, bool register = true)
            : this(handle, 0, register)
        {
        }

        /// <summary>Takes over a result of an operator.</summary>
        internal Tensor(in Value result)
            : this(result.Pointer, result.Length, register: true)
        {
        }

        /// <summary>Takes over the handle of another object, which becomes invalid without having been disposed.</summary>
        /// <param name="source">The tensor as it was.</param>
        /// <param name="register">Whether the current dispose scope becomes the owner of this one.</param>
        internal Tensor(Tensor source, bool register)
            : this(source.Handle, 0, register)
        {
            kibibytes = source.kibibytes;
            source.kibibytes = 0;
            source.handle = 0;
            Interlocked.Decrement(ref totalCount);
            GC.SuppressFinalize(source);
        }

        internal Tensor(nint handle, int kibibytes, bool register)
        {
            // An operator gives 0 for a result it does not have: such a tensor is invalid from the start.
            if (handle == 0)
            {
                GC.SuppressFinalize(this);
                return;
            }

            this.handle = handle;
            this.kibibytes = kibibytes;
            var count = Interlocked.Increment(ref totalCount);
            if (count > peakCount)
                peakCount = count;
            NativeMemory.Add(kibibytes);
            if (register)
                OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensor objects that hold a handle, in the whole process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The highest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => peakCount;

        /// <summary>A label for people; LibTorch does not know it.</summary>
        public string? name { get; set; }

        public bool IsInvalid => handle == 0;

        public IntPtr Handle => handle != 0 ? handle : throw Invalid();

        internal DisposeScope? OwningDisposeScope { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the handle away: the caller frees it.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var result = Handle;
            Forget();
            GC.SuppressFinalize(this);
            return result;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        [Obsolete("The name is misspelt: use DetachFromDisposeScope.")]
        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0)
                return;
            DisposeScopeManager.ThreadSingleton.Disposing(this);
            OwningDisposeScope?.MarkAsDisposed(this);
            var freed = handle;
            Forget();
            Door.TensorFree(freed);
        }

        private void Forget()
        {
            handle = 0;
            NativeMemory.Remove(kibibytes);
            kibibytes = 0;
            Interlocked.Decrement(ref totalCount);
        }

        private static InvalidOperationException Invalid() =>
            new("The tensor was disposed, or its handle was given away.");
    }
}
