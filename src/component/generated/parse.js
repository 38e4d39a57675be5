"use components";
export function instantiate(getCoreModule, imports, instantiateCore = WebAssembly.instantiate) {
  
  const emptyFunc = () => {};
  
  let dv = new DataView(new ArrayBuffer());
  const dataView = mem => dv.buffer === mem.buffer ? dv : dv = new DataView(mem.buffer);
  
  function toUint32(val) {
    
    return val >>> 0;
  }
  
  
  function _isValidNumericPrimitive(ty, v) {
    if (v === undefined || v === null) { return false; }
    switch (ty) {
      case 'bool':
      return v === 0 || v === 1;
      break;
      case 'u8':
      return typeof v === 'number' && Number.isInteger(v) && v >= 0 && v <= 255;
      break;
      case 's8':
      return typeof v === 'number' && Number.isInteger(v) && v >= -128 && v <= 127;
      break;
      case 'u16':
      return typeof v === 'number' && Number.isInteger(v) && v >= 0 && v <= 65535;
      break;
      case 's16':
      return typeof v === 'number' && Number.isInteger(v) && v >= -32768 && v <= 32767;
      case 'u32':
      return typeof v === 'number' && Number.isInteger(v) && v >= 0 && v <= 4_294_967_295;
      case 's32':
      return typeof v === 'number' && Number.isInteger(v) && v >= -2_147_483_648 && v <= 2_147_483_647;
      case 'u64':
      return typeof v === 'bigint' && v >= 0 && v <= 18_446_744_073_709_551_615n;
      case 's64':
      return typeof v === 'bigint' && v >= -9223372036854775808n && v <= 9223372036854775807n;
      break;
      case 'f32':
      case 'f64': return typeof v === 'number';
      default:
      return false;
    }
    return true;
  }
  
  function _requireValidNumericPrimitive(ty, v) {
    if (v === undefined  || v === null || !_isValidNumericPrimitive(ty, v)) {
      throw new TypeError(`invalid ${ty} value [${v}]`);
    }
    return true;
  }
  const TEXT_DECODER_UTF8 = new TextDecoder();
  const TEXT_ENCODER_UTF8 = new TextEncoder();
  
  function _utf8AllocateAndEncode(s, realloc, memory) {
    if (typeof s !== 'string') {
      throw new TypeError('expected a string, received [' + typeof s + ']');
    }
    if (s.length === 0) { return { ptr: 1, len: 0 }; }
    // Compute the exact allocation size up front. Some older preview1
    // adapters only support an initial allocation, not a subsequent shrink.
    let len = 0;
    let codepoints = 0;
    for (let i = 0; i < s.length; i++) {
      const ch = s.charCodeAt(i);
      codepoints++;
      if (ch < 0x80) { len += 1; }
      else if (ch < 0x800) { len += 2; }
      else if (ch >= 0xd800 && ch <= 0xdbff &&
      i + 1 < s.length &&
      (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
        len += 4;
        i++;
      } else { len += 3; }
    }
    const ptr = realloc(0, 0, 1, len);
    const { read, written } = TEXT_ENCODER_UTF8.encodeInto(
    s,
    new Uint8Array(memory.buffer, ptr, len),
    );
    if (read !== s.length || written !== len) {
      throw new Error('failed to encode whole string');
    }
    const res = { ptr, len, codepoints };
    return res;
  }
  
  const T_FLAG = 1 << 30;
  
  function rscTableCreateOwn(table, rep) {
    const free = table[0] & ~T_FLAG;
    table._createdReps.add(rep);
    if (free === 0) {
      table.push(0);
      table.push(rep | T_FLAG);
      return (table.length >> 1) - 1;
    }
    table[0] = table[free << 1];
    table[free << 1] = 0;
    table[(free << 1) + 1] = rep | T_FLAG;
    return free;
  }
  
  const RESOURCE_SCOPE_TASKS = new Map();
  const WebAssemblyRuntimeError = WebAssembly.RuntimeError;
  
  function rscTableRemove(table, handle) {
    const scope = table[handle << 1];
    const val = table[(handle << 1) + 1];
    const own = (val & T_FLAG) !== 0;
    const rep = val & ~T_FLAG;
    if (val === 0 || (scope & T_FLAG) !== 0) {
      // Resource entries occupy scope/rep pairs after the table sentinel.
      throw new WebAssemblyRuntimeError(`unknown handle index ${(handle << 1) + 1}`);
    }
    if (own && scope !== 0) {
      throw new WebAssemblyRuntimeError('cannot remove owned resource while borrowed');
    }
    const borrowTask = own ? undefined : RESOURCE_SCOPE_TASKS.get(scope);
    table[handle << 1] = table[0] | T_FLAG;
    table[0] = handle | T_FLAG;
    borrowTask?.removeBorrowedHandle();
    return { rep, scope, own };
  }
  
  let RESOURCE_SCOPE_ID = 0;
  const ASYNC_TASKS_BY_COMPONENT_IDX = new Map();
  const ASYNC_CURRENT_TASK_IDS = [];
  const ASYNC_CURRENT_COMPONENT_IDXS = [];
  
  const _debugLog = (...args) => {
    if (!globalThis?.process?.env?.JCO_DEBUG) { return; }
    console.debug(...args);
  };
  
  function clearCurrentTask(componentIdx, taskID) {
    _debugLog('[clearCurrentTask()] args', { componentIdx, taskID });
    
    if (componentIdx === undefined || componentIdx === null) {
      throw new Error('missing/invalid component instance index while ending current task');
    }
    
    const tasks = ASYNC_TASKS_BY_COMPONENT_IDX.get(componentIdx);
    if (!tasks || !Array.isArray(tasks)) {
      throw new Error('missing/invalid tasks for component instance while ending task');
    }
    if (tasks.length == 0) {
      throw new Error(`no current tasks for component instance [${componentIdx}] while ending task`);
    }
    
    if (taskID !== undefined) {
      const last = tasks[tasks.length - 1];
      if (last.id !== taskID) {
        // throw new Error('current task does not match expected task ID');
        return;
      }
    }
    
    ASYNC_CURRENT_TASK_IDS.pop();
    ASYNC_CURRENT_COMPONENT_IDXS.pop();
    
    const taskMeta = tasks.pop();
    return taskMeta.task;
  }
  const ASYNC_STATE = new Map();
  
  function promiseWithResolvers() {
    if (Promise.withResolvers) {
      return Promise.withResolvers();
    } else {
      let resolve;
      let reject;
      const promise = new Promise((res, rej) => {
        resolve = res;
        reject = rej;
      });
      return { promise, resolve, reject };
    }
  }
  
  class Waitable {
    #componentIdx;
    
    #pendingEventFn = null;
    
    #promise;
    #resolve;
    #reject;
    
    #waitableSet = null;
    
    #hasSyncWaiter = false;
    
    #idx = null; // to component-global waitables
    
    target;
    
    constructor(args) {
      const { componentIdx, target } = args;
      this.#componentIdx = componentIdx;
      this.target = args.target;
      this.#resetPromise();
    }
    
    componentIdx() { return this.#componentIdx; }
    isInSet() { return this.#waitableSet !== null; }
    
    idx() { return this.#idx; }
    setIdx(idx) {
      if (idx === 0) { throw new Error("waitable idx cannot be zero"); }
      this.#idx = idx;
    }
    
    setTarget(tgt) { this.target = tgt; }
    
    #resetPromise() {
      const { promise, resolve, reject } = promiseWithResolvers()
      this.#promise = promise;
      this.#resolve = resolve;
      this.#reject = reject;
    }
    
    resolve() { this.#resolve(); }
    reject(err) { this.#reject(err); }
    promise() { return this.#promise; }
    
    hasPendingEvent() {
      // _debugLog('[Waitable#hasPendingEvent()]', {
        //     componentIdx: this.#componentIdx,
        //     waitable: this,
        //     waitableSet: this.#waitableSet,
        //     hasPendingEvent: this.#pendingEventFn !== null,
        // });
        return this.#pendingEventFn !== null;
      }
      
      setPendingEvent(fn) {
        _debugLog('[Waitable#setPendingEvent()] args', {
          waitable: this,
          inSet: this.#waitableSet,
        });
        this.#pendingEventFn = fn;
      }
      
      getPendingEvent() {
        _debugLog('[Waitable#getPendingEvent()] args', {
          waitable: this,
          inSet: this.#waitableSet,
          hasPendingEvent: this.#pendingEventFn !== null,
        });
        if (this.#pendingEventFn === null) { return null; }
        const eventFn = this.#pendingEventFn;
        this.#pendingEventFn = null;
        const e = eventFn();
        this.#resetPromise();
        return e;
      }
      
      join(waitableSet) {
        _debugLog('[Waitable#join()] args', {
          waitable: this,
          waitableSet: waitableSet,
          isRemoval: waitableSet === null,
        });
        
        if (this.#waitableSet === undefined) {
          throw new TypeError('waitable set must be not be undefined');
        }
        
        if (this.#waitableSet) {
          this.#waitableSet.removeWaitable(this);
        }
        
        this.#waitableSet = waitableSet;
        
        if (waitableSet) {
          this.#waitableSet.addWaitable(this);
        }
      }
      
      drop() {
        _debugLog('[Waitable#drop()] args', {
          componentIdx: this.#componentIdx,
          waitable: this,
        });
        if (this.hasPendingEvent()) {
          throw new Error('waitables with pending events cannot be dropped');
        }
        this.join(null);
      }
      
      async waitForPendingEvent(args) {
        const { cstate } = args;
        if (!cstate) { throw new TypeError('missing component state'); }
        
        if (this.#waitableSet !== null || this.#hasSyncWaiter) {
          throw new Error("waitable is already in a set/has a sync waiter");
        }
        this.#hasSyncWaiter = true;
        await cstate.waitUntil({
          cancellable: false,
          readyFn: () => this.hasPendingEvent(),
        });
        this.#hasSyncWaiter = false;
      }
      
    }
    const INSTANCE_FLAGS = new Map();
    const STORE_TRAP = { error: null };
    const STORE_ASYNC_STATE = { deadlockCheck: null, pendingHostOperations: 0 };
    
    function _checkForDeadlock() {
      if (STORE_ASYNC_STATE.deadlockCheck !== null || STORE_TRAP.error !== null) { return; }
      STORE_ASYNC_STATE.deadlockCheck = setTimeout(() => {
        STORE_ASYNC_STATE.deadlockCheck = null;
        if (STORE_TRAP.error !== null || STORE_ASYNC_STATE.pendingHostOperations > 0) { return; }
        
        const suspendedTasks = new Set();
        for (const state of ASYNC_STATE.values()) {
          if (state.hasPendingSchedulerWork()) {
            state.runTickLoop();
            return;
          }
          for (const meta of state.suspendedTaskMetas()) {
            suspendedTasks.add(meta.task);
          }
        }
        
        const unresolvedRoots = new Set();
        for (const task of suspendedTasks) {
          const root = task.getRootTask();
          if (!root.isResolvedState()) { unresolvedRoots.add(root); }
        }
        if (unresolvedRoots.size === 0) { return; }
        
        const err = new WebAssemblyRuntimeError('wasm trap: deadlock detected: event loop cannot make further progress');
        // Which tasks were waiting, and on whose behalf. The message stays
        // exactly what the Canonical ABI calls for, so this rides alongside
        // it: a deadlock reported from a real program is otherwise a bare
        // sentence, and the state that produced it is gone by the time
        // anyone reads the failure.
        err.deadlockDetail = {
          pendingHostOperations: STORE_ASYNC_STATE.pendingHostOperations,
          suspendedTasks: [...suspendedTasks].map((task) => ({
            taskID: task.id(),
            componentIdx: task.componentIdx(),
            state: task.taskState(),
            rootTaskID: task.getRootTask().id(),
          })),
          unresolvedRootTaskIDs: [...unresolvedRoots].map((root) => root.id()),
        };
        STORE_TRAP.error = err;
        for (const root of unresolvedRoots) {
          root.setErrored(err);
          root.reject(err);
        }
        for (const task of suspendedTasks) {
          if (!task.isResolvedState() && unresolvedRoots.has(task.getRootTask())) {
            task.setErrored(err);
            task.reject(err);
          }
        }
        for (const state of ASYNC_STATE.values()) { state.runTickLoop(); }
      }, 0);
    }
    
    const CORE_TRAP_MESSAGES = new Map([
    ['unreachable', "wasm trap: wasm `unreachable` instruction executed"],
    ['memory access out of bounds', "wasm trap: out of bounds memory access"],
    ['divide by zero', "wasm trap: integer divide by zero"],
    ['remainder by zero', "wasm trap: integer divide by zero"],
    ['divide result unrepresentable', "wasm trap: integer overflow"],
    ['float unrepresentable in integer range', "wasm trap: invalid conversion to integer"],
    ['table index is out of bounds', "wasm trap: undefined element: out of bounds table access"],
    ['function signature mismatch', "wasm trap: indirect call type mismatch"],
    ['call stack exhausted', "wasm trap: call stack exhausted"],
    ]);
    function _normalizeCoreTrap(err) {
      if (!(err instanceof WebAssemblyRuntimeError)) { return err; }
      const message = CORE_TRAP_MESSAGES.get(err.message);
      if (message !== undefined) { err.message = message; }
      return err;
    }
    
    class RepTable {
      // Sentinel marking a freed slot; the freelist link for a freed slot
      // lives in the odd cell. This keeps get()/contains()/remove() on freed
      // reps well-defined (previously they returned/corrupted freelist links).
      static FREE = Symbol('RepTable.free');
      
      #data = [0, null];
      #size = 0;
      #target;
      
      constructor(args) {
        this.target = args?.target;
      }
      
      data() { return this.#data; }
      
      insert(val) {
        _debugLog('[RepTable#insert()] args', { val, target: this.target });
        const freeIdx = this.#data[0];
        if (freeIdx === 0) {
          this.#data.push(val);
          this.#data.push(null);
          const rep = (this.#data.length >> 1) - 1;
          _debugLog('[RepTable#insert()] inserted', { val, target: this.target, rep });
          this.#size += 1;
          return rep;
        }
        const placementIdx = freeIdx << 1;
        if (this.#data[placementIdx] !== RepTable.FREE) {
          throw new Error('corrupt rep table freelist: head does not point at a freed slot');
        }
        this.#data[0] = this.#data[placementIdx + 1];
        this.#data[placementIdx] = val;
        this.#data[placementIdx + 1] = null;
        _debugLog('[RepTable#insert()] inserted', { val, target: this.target, rep: freeIdx });
        this.#size += 1;
        return freeIdx;
      }
      
      get(rep) {
        _debugLog('[RepTable#get()] args', { rep, target: this.target });
        if (rep === 0) { throw new Error('invalid resource rep during get, (cannot be 0)'); }
        
        const baseIdx = rep << 1;
        const val = this.#data[baseIdx];
        if (val === RepTable.FREE) { return undefined; }
        return val;
      }
      
      contains(rep) {
        _debugLog('[RepTable#contains()] args', { rep, target: this.target });
        if (rep === 0) { throw new Error('invalid resource rep during contains, (cannot be 0)'); }
        
        const baseIdx = rep << 1;
        const val = this.#data[baseIdx];
        return val !== RepTable.FREE && !!val;
      }
      
      remove(rep) {
        _debugLog('[RepTable#remove()] args', { rep, target: this.target });
        if (rep === 0) { throw new Error('invalid resource rep during remove, (cannot be 0)'); }
        if (this.#data.length === 2) { throw new Error('invalid'); }
        
        const baseIdx = rep << 1;
        if (baseIdx >= this.#data.length) {
          throw new Error(`invalid rep [${rep}] during remove, out of range`);
        }
        const val = this.#data[baseIdx];
        if (val === RepTable.FREE) {
          throw new Error(`double removal of rep [${rep}] (already freed)`);
        }
        
        this.#data[baseIdx] = RepTable.FREE;
        this.#data[baseIdx + 1] = this.#data[0];
        this.#data[0] = rep;
        this.#size -= 1;
        
        return val;
      }
      
      size() { return this.#size; }
      
      clear() {
        _debugLog('[RepTable#clear()] args', { rep, target: this.target });
        this.#data = [0, null];
      }
    }
    
    class ComponentAsyncState {
      static EVENT_HANDLER_EVENTS = [ 'backpressure-change' ];
      
      static TickResult = {
        // no suspended tasks remain
        DONE: 'done',
        // a suspended task was resumed (more may be ready)
        RESUMED: 'resumed',
        // suspended tasks remain but none were ready
        IDLE: 'idle',
      };
      
      #componentIdx;
      #callingAsyncImport = false;
      #syncImportWait = promiseWithResolvers();
      #lockHolderTaskID = null;
      #lockWaiters = [];
      #lockHandoffScheduled = false;
      #pendingTaskStarts = 0;
      #parkedTasks = new Map();
      #suspendedTasksByTaskID = new Map();
      #suspendedTaskIDs = [];
      #errored = null;
      #trapped = false;
      #backpressure = 0;
      #backpressureWaiters = 0n;
      
      #handlerMap = new Map();
      #nextHandlerID = 0n;
      
      #tickLoop = null;
      #tickLoopInterval = null;
      
      #onExclusiveReleaseHandlers = [];
      
      #mayLeave = true;
      
      handles;
      subtasks;
      
      constructor(args) {
        this.#componentIdx = args.componentIdx;
        this.handles = new RepTable({ target: `component [${this.#componentIdx}] handles (waitable objects)` });
        this.subtasks = new RepTable({ target: `component [${this.#componentIdx}] subtasks` });
      };
      
      componentIdx() { return this.#componentIdx; }
      
      get mayLeave() {
        const flags = INSTANCE_FLAGS.get(this.#componentIdx);
        return flags === undefined ? this.#mayLeave : flags.value === 1;
      }
      set mayLeave(value) {
        if (typeof value !== 'boolean') { throw new TypeError('mayLeave must be a boolean'); }
        this.#mayLeave = value;
        const flags = INSTANCE_FLAGS.get(this.#componentIdx);
        if (flags !== undefined) { flags.value = value ? 1 : 0; }
      }
      
      errored() { return this.#errored !== null; }
      setErrored(err) {
        _debugLog('[ComponentAsyncState#setErrored()] component errored', { err, componentIdx: this.#componentIdx });
        if (this.#errored) { return; }
        if (!err) {
          err = new Error('error elswehere (see other component instance error)')
          err.componentIdx = this.#componentIdx;
        }
        this.#errored = err;
      }
      
      markTrapped(err) {
        if (!(err instanceof WebAssemblyRuntimeError)) {
          return false;
        }
        err = _normalizeCoreTrap(err);
        this.#trapped = true;
        _debugLog('[ComponentAsyncState#markTrapped()] component trapped', { err, componentIdx: this.#componentIdx });
        if (STORE_TRAP.error === null) { STORE_TRAP.error = err; }
        return true;
      }
      
      throwIfTrapped() {
        if (this.#trapped) {
          throw new WebAssemblyRuntimeError("wasm trap: cannot enter component instance");
        }
      }
      
      callingSyncImport(val) {
        if (val === undefined) { return this.#callingAsyncImport; }
        if (typeof val !== 'boolean') { throw new TypeError('invalid setting for async import'); }
        const prev = this.#callingAsyncImport;
        this.#callingAsyncImport = val;
        if (prev === true && this.#callingAsyncImport === false) {
          this.#notifySyncImportEnd();
        }
      }
      
      #notifySyncImportEnd() {
        const existing = this.#syncImportWait;
        this.#syncImportWait = promiseWithResolvers();
        existing.resolve();
      }
      
      async waitForSyncImportCallEnd() {
        await this.#syncImportWait.promise;
      }
      
      setBackpressure(v) {
        this.#backpressure = v;
        return this.#backpressure
      }
      getBackpressure() { return this.#backpressure; }
      
      incrementBackpressure() {
        const current = this.#backpressure;
        if (current < 0 || current > 2**16) {
          throw new Error(`invalid current backpressure value [${current}]`);
        }
        const newValue = this.getBackpressure() + 1;
        if (newValue >= 2**16) {
          throw new Error(`invalid new backpressure value [${newValue}], overflow`);
        }
        return this.setBackpressure(newValue);
      }
      
      decrementBackpressure() {
        const current = this.#backpressure;
        if (current < 0 || current > 2**16) {
          throw new Error(`invalid current backpressure value [${current}]`);
        }
        const newValue = Math.max(0, current - 1);
        if (newValue < 0) {
          throw new Error(`invalid new backpressure value [${newValue}], underflow`);
        }
        return this.setBackpressure(newValue);
      }
      hasBackpressure() { return this.#backpressure > 0; }
      
      waitForBackpressure() {
        let backpressureCleared = false;
        const cstate = this;
        cstate.addBackpressureWaiter();
        const handlerID = this.registerHandler({
          event: 'backpressure-change',
          fn: (bp) => {
            if (bp === 0) {
              cstate.removeHandler(handlerID);
              backpressureCleared = true;
            }
          }
        });
        return new Promise((resolve) => {
          const interval = setInterval(() => {
            if (backpressureCleared) { return; }
            clearInterval(interval);
            cstate.removeBackpressureWaiter();
            resolve(null);
          }, 0);
        });
      }
      
      registerHandler(args) {
        const { event, fn } = args;
        if (!event) { throw new Error("missing handler event"); }
        if (!fn) { throw new Error("missing handler fn"); }
        
        if (!ComponentAsyncState.EVENT_HANDLER_EVENTS.includes(event)) {
          throw new Error(`unrecognized event handler [${event}]`);
        }
        
        const handlerID = this.#nextHandlerID++;
        let handlers = this.#handlerMap.get(event);
        if (!handlers) {
          handlers = [];
          this.#handlerMap.set(event, handlers)
        }
        
        handlers.push({ id: handlerID, fn, event });
        return handlerID;
      }
      
      removeHandler(args) {
        const { event, handlerID } = args;
        const registeredHandlers = this.#handlerMap.get(event);
        if (!registeredHandlers) { return; }
        const found = registeredHandlers.find(h => h.id === handlerID);
        if (!found) { return; }
        this.#handlerMap.set(event, this.#handlerMap.get(event).filter(h => h.id !== handlerID));
      }
      
      getBackpressureWaiters() { return this.#backpressureWaiters; }
      addBackpressureWaiter() { this.#backpressureWaiters++; }
      removeBackpressureWaiter() {
        this.#backpressureWaiters--;
        if (this.#backpressureWaiters < 0) {
          throw new Error("unexepctedly negative number of backpressure waiters");
        }
      }
      
      // The per-slice mutual-exclusion lock for guest execution in this
      // component instance. Guest slices (callback invocations and
      // sync-lifted bodies) must be atomic per component even across the
      // JSPI suspensions jco introduces for host imports: wit-bindgen's
      // executors publish per-task state in single linear-memory cells
      // (the wasip3-task pointer, context-local storage discipline) that
      // an interleaved slice of the same component corrupts
      //
      // The lock is *owned*: acquisition records the holder task and
      // release is a no-op for anyone else, so a task exiting can no
      // longer drop a hold it does not own (blind acquire/release-any
      // was the previous discipline). Contended acquisition queues
      // FIFO; release hands the lock to the next waiter directly.
      isExclusivelyLocked() { return this.#lockHolderTaskID !== null; }
      exclusivelyLockedBy(taskID) { return this.#lockHolderTaskID === taskID; }
      
      exclusiveLock(taskID) {
        _debugLog('[ComponentAsyncState#exclusiveLock()]', {
          holder: this.#lockHolderTaskID,
          requester: taskID,
          componentIdx: this.#componentIdx,
        });
        if (taskID === undefined || taskID === null) {
          throw new Error('exclusive lock requires the acquiring task id');
        }
        if (this.#lockHolderTaskID !== null) {
          throw new Error(`component [${this.#componentIdx}] exclusive lock held by task [${this.#lockHolderTaskID}], requested by [${taskID}]`);
        }
        this.#lockHolderTaskID = taskID;
      }
      
      // Awaitable acquisition: takes the lock immediately when free,
      // otherwise queues FIFO behind the current holder and earlier
      // waiters. The resolved promise implies ownership.
      acquireExclusiveLock(taskID) {
        if (taskID === undefined || taskID === null) {
          throw new Error('exclusive lock requires the acquiring task id');
        }
        if (this.#lockHolderTaskID === null) {
          this.#lockHolderTaskID = taskID;
          _debugLog('[ComponentAsyncState#acquireExclusiveLock()] acquired', {
            holder: taskID,
            componentIdx: this.#componentIdx,
          });
          return;
        }
        if (this.#lockHolderTaskID === taskID) {
          throw new Error(`task [${taskID}] already holds the lock for component [${this.#componentIdx}]`);
        }
        _debugLog('[ComponentAsyncState#acquireExclusiveLock()] waiting', {
          holder: this.#lockHolderTaskID,
          requester: taskID,
          componentIdx: this.#componentIdx,
          queued: this.#lockWaiters.length,
        });
        return new Promise((resolve) => {
          this.#lockWaiters.push({ taskID, resolve });
        });
      }
      
      exclusiveRelease(taskID) {
        _debugLog('[ComponentAsyncState#exclusiveRelease()] args', {
          holder: this.#lockHolderTaskID,
          releaser: taskID,
          componentIdx: this.#componentIdx,
        });
        if (this.#lockHolderTaskID !== taskID) {
          // Ownerless releases were the historical behavior; a foreign
          // release now leaves the hold intact
          _debugLog('[ComponentAsyncState#exclusiveRelease()] ignoring foreign release', {
            holder: this.#lockHolderTaskID,
            releaser: taskID,
            componentIdx: this.#componentIdx,
          });
          return false;
        }
        
        // Make the release observable before handing the lock to the next
        // asynchronous guest slice.
        //
        // Release handlers may expose a lifted value whose consumer immediately
        // performs a synchronous call on the same component; that call must run
        // while the instance is genuinely unlocked, not via enterSync's
        // lock-free fallback code.
        this.#lockHolderTaskID = null;
        
        this.#onExclusiveReleaseHandlers = this.#onExclusiveReleaseHandlers.filter(v => !!v);
        for (const [idx, f] of this.#onExclusiveReleaseHandlers.entries()) {
          try {
            this.#onExclusiveReleaseHandlers[idx] = null;
            f();
          } catch (err) {
            _debugLog("error while executing handler for next exclusive release", err);
            throw err;
          }
        }
        this.#scheduleLockHandoff();
        return true;
      }
      
      #scheduleLockHandoff() {
        if (this.#lockHandoffScheduled || this.#lockWaiters.length === 0) { return; }
        this.#lockHandoffScheduled = true;
        queueMicrotask(() => {
          this.#lockHandoffScheduled = false;
          // A synchronous call triggered by a release handler gets the
          // first opportunity to use the unlocked component.
          //
          // Its release will leave this queued handoff in place.
          if (this.#lockHolderTaskID !== null) {
            this.#scheduleLockHandoff();
            return;
          }
          const next = this.#lockWaiters.shift();
          if (!next) { return; }
          this.#lockHolderTaskID = next.taskID;
          next.resolve();
        });
      }
      
      onNextExclusiveRelease(fn) {
        _debugLog('[ComponentAsyncState#()onNextExclusiveRelease] registering');
        this.#onExclusiveReleaseHandlers.push(fn);
      }
      
      async waitForExclusiveRelease() {
        while (this.isExclusivelyLocked()) {
          await new Promise(resolve => this.onNextExclusiveRelease(resolve));
        }
      }
      
      #getSuspendedTaskMeta(taskID) {
        return this.#suspendedTasksByTaskID.get(taskID);
      }
      
      #removeSuspendedTaskMeta(taskID) {
        _debugLog('[ComponentAsyncState#removeSuspendedTaskMeta()] removing suspended task', {
          taskID,
          componentIdx: this.#componentIdx,
        });
        const idx = this.#suspendedTaskIDs.findIndex(t => t === taskID);
        const meta = this.#suspendedTasksByTaskID.get(taskID);
        this.#suspendedTaskIDs[idx] = null;
        this.#suspendedTasksByTaskID.delete(taskID);
        return meta;
      }
      
      #addSuspendedTaskMeta(meta) {
        if (!meta) { throw new Error('missing task meta'); }
        const taskID = meta.taskID;
        this.#suspendedTasksByTaskID.set(taskID, meta);
        this.#suspendedTaskIDs.push(taskID);
        if (this.#suspendedTasksByTaskID.size < this.#suspendedTaskIDs.length - 10) {
          this.#suspendedTaskIDs = this.#suspendedTaskIDs.filter(t => t !== null);
        }
      }
      
      // TODO(threads): readyFn is normally on the thread
      suspendTask(args) {
        const { task, readyFn, cancellable, onResume } = args;
        const taskID = task.id();
        const componentIdx = task.componentIdx();
        _debugLog('[ComponentAsyncState#suspendTask()]', {
          taskID,
          componentIdx: this.#componentIdx,
          taskEntryFnName: task.entryFnName(),
          subtask: task.getParentSubtask(),
        });
        
        if (componentIdx !== this.#componentIdx) {
          throw new Error('assert: task component idx should match async state');
        }
        
        if (this.#getSuspendedTaskMeta(taskID)) {
          throw new Error(`task [${taskID}] already suspended`);
        }
        
        let promise;
        let resume;
        if (onResume) {
          resume = () => onResume(!task.isCancelled());
        } else {
          const resolvers = promiseWithResolvers();
          promise = resolvers.promise;
          resume = () => resolvers.resolve(!task.isCancelled());
        }
        this.#addSuspendedTaskMeta({
          task,
          taskID,
          cancellable,
          readyFn,
          resume: () => {
            _debugLog('[ComponentAsyncState] resuming suspended task', {
              taskID,
              componentIdx: this.#componentIdx,
            });
            // TODO(threads): it's thread cancellation we should be checking for below, not task
            resume();
          },
        });
        
        // A caller synchronously driving one task quantum (for
        // example, subtask.cancel) waits for the resumed task to
        // either resolve or suspend again.
        task.notifyProgress();
        
        this.runTickLoop();
        _checkForDeadlock();
        
        return promise;
      }
      
      resumeTaskByID(taskID) {
        const meta = this.#removeSuspendedTaskMeta(taskID);
        if (!meta) { return false; }
        if (meta.taskID !== taskID) { throw new Error('task ID does not match'); }
        meta.resume();
        return true;
      }
      
      suspendedTaskReady(taskID) {
        const meta = this.#getSuspendedTaskMeta(taskID);
        if (!meta) { return false; }
        if (!meta.readyFn) {
          throw new Error(`suspended task [${taskID}] is missing a readiness function`);
        }
        return meta.task.isRejected() || meta.readyFn();
      }
      
      suspendedTaskCancellable(taskID) {
        return !!this.#getSuspendedTaskMeta(taskID)?.cancellable;
      }
      
      isTaskSuspended(taskID) {
        return this.#suspendedTasksByTaskID.has(taskID);
      }
      
      suspendedTaskMetas() {
        return this.#suspendedTasksByTaskID.values();
      }
      
      addPendingTaskStart() { this.#pendingTaskStarts++; }
      removePendingTaskStart() { this.#pendingTaskStarts--; }
      
      hasPendingSchedulerWork() {
        if (this.#pendingTaskStarts > 0) { return true; }
        if (this.#lockHandoffScheduled) { return true; }
        for (const meta of this.#suspendedTasksByTaskID.values()) {
          if (meta.task.isRejected() || meta.readyFn()) { return true; }
        }
        return false;
      }
      
      async runTickLoop() {
        if (this.#tickLoop !== null) { return; }
        this.#tickLoop = 1;
        setTimeout(async () => {
          let result = this.tick();
          while (result !== ComponentAsyncState.TickResult.DONE) {
            if (result === ComponentAsyncState.TickResult.IDLE) {
              _checkForDeadlock();
            }
            // After resuming a task, re-tick as soon as the resumed
            // slice's microtask continuations have drained (timeout 0)
            // so queued sibling resumptions aren't charged the idle
            // polling interval; otherwise poll at the idle cadence.
            const delay = result === ComponentAsyncState.TickResult.RESUMED ? 0 : 10;
            await new Promise((resolve) => setTimeout(resolve, delay));
            result = this.tick();
          }
          this.#tickLoop = null;
        }, 10);
      }
      
      tick() {
        // _debugLog('[ComponentAsyncState#tick()]', { suspendedTaskIDs: this.#suspendedTaskIDs });
        
        const resumableTasks = this.#suspendedTaskIDs.filter(t => t !== null);
        for (const taskID of resumableTasks) {
          const meta = this.#suspendedTasksByTaskID.get(taskID);
          if (!meta || !meta.readyFn) {
            throw new Error(`missing/invalid task despite ID [${taskID}] being present`);
          }
          
          // If the task failed via any means, allow the task to resume because
          // it's been cancelled -- the callback should immediately exit as well
          if (meta.task.isRejected()) {
            _debugLog('[ComponentAsyncState#tick()] detected task rejection, leaving early', { meta });
            this.resumeTaskByID(taskID);
            return ComponentAsyncState.TickResult.RESUMED;
          }
          
          const isReady = meta.readyFn();
          if (!isReady) { continue; }
          
          _debugLog('[ComponentAsyncState#tick()] resuming task via tick', {
            taskID,
            componentIdx: this.#componentIdx,
          });
          this.resumeTaskByID(taskID);
          
          // NOTE: during single-flight resumption, we should resume at most one task per
          // tick so that the resumed slice (a microtask continuation)
          // runs -- and its current-task register window opens and
          // closes -- before any sibling task of this component is
          // resumed.
          //
          // Resuming multiple suspended tasks in one synchronous
          // cascade interleaves their register save/restore windows
          // ([restoreA, restoreB, resumeA, resumeB]), re-entering wasm
          // with the register naming the wrong task, and the
          // 'known residual' of the JSPI current-task register
          // fix); with concurrent task lifetimes per component this
          // corrupts guest context-local storage.
          return ComponentAsyncState.TickResult.RESUMED;
        }
        
        const idle = this.#suspendedTaskIDs.filter(t => t !== null).length > 0;
        return idle
        ? ComponentAsyncState.TickResult.IDLE
        : ComponentAsyncState.TickResult.DONE;
      }
      
      createWaitable(args) {
        return new Waitable({ target: args?.target, });
      }
    }
    
    function getOrCreateAsyncState(componentIdx, init) {
      if (!ASYNC_STATE.has(componentIdx)) {
        const newState = new ComponentAsyncState({ componentIdx });
        ASYNC_STATE.set(componentIdx, newState);
      }
      return ASYNC_STATE.get(componentIdx);
    }
    const GLOBAL_COMPONENT_MEMORY_MAP = new Map();
    
    function lookupMemoriesForComponent(args) {
      const { componentIdx } = args ?? {};
      if (args.componentIdx === undefined) { throw new TypeError("missing component idx"); }
      
      const metas = GLOBAL_COMPONENT_MEMORY_MAP.get(componentIdx);
      if (!metas) { return []; }
      
      if (args.memoryIdx === undefined) {
        return Object.values(metas);
      }
      
      const meta = metas[args.memoryIdx];
      return meta?.memory;
    }
    
    class AsyncSubtask {
      static _ID = 0n;
      
      static State = {
        STARTING: 0,
        STARTED: 1,
        RETURNED: 2,
        CANCELLED_BEFORE_STARTED: 3,
        CANCELLED_BEFORE_RETURNED: 4,
      };
      
      #id;
      #state = AsyncSubtask.State.STARTING;
      #componentIdx;
      
      #parentTask;
      #childTask = null;
      
      #dropped = false;
      #cancelRequested = false;
      
      #memoryIdx = null;
      #lenders = null;
      
      #waitable = null;
      
      #callbackFn = null;
      #callbackFnName = null;
      
      #postReturnFn = null;
      #onProgressFn = null;
      #pendingEventFn = null;
      
      #callMetadata = {};
      
      #resolved = false;
      
      #onResolveHandlers = [];
      #onStartHandlers = [];
      
      #result = null;
      #resultSet = false;
      
      fnName;
      target;
      isAsync;
      isManualAsync;
      // One execution slice awaited by the conditional cancel trampoline.
      cancelProgress = null;
      
      constructor(args) {
        if (typeof args.componentIdx !== 'number') {
          throw new Error('invalid componentIdx for subtask creation');
        }
        this.#componentIdx = args.componentIdx;
        
        this.#id = ++AsyncSubtask._ID;
        this.fnName = args.fnName;
        
        if (!args.parentTask) { throw new Error('missing parent task during subtask creation'); }
        this.#parentTask = args.parentTask;
        
        if (args.childTask) { this.#childTask = args.childTask; }
        
        if (args.memoryIdx) { this.#memoryIdx = args.memoryIdx; }
        
        if (!args.waitable) { throw new Error("missing/invalid waitable"); }
        this.#waitable = args.waitable;
        
        if (args.callMetadata) { this.#callMetadata = args.callMetadata; }
        
        this.#lenders = [];
        this.target = args.target;
        this.isAsync = args.isAsync;
        this.isManualAsync = args.isManualAsync;
      }
      
      id() { return this.#id; }
      parentTaskID() { return this.#parentTask?.id(); }
      childTaskID() { return this.#childTask?.id(); }
      state() { return this.#state; }
      
      waitable() { return this.#waitable; }
      waitableRep() { return this.#waitable.idx(); }
      
      join() { return this.#waitable.join(...arguments); }
      getPendingEvent() { return this.#waitable.getPendingEvent(...arguments); }
      hasPendingEvent() { return this.#waitable.hasPendingEvent(...arguments); }
      setPendingEvent() { return this.#waitable.setPendingEvent(...arguments); }
      
      setTarget(tgt) { this.target = tgt; }
      
      getResult() {
        if (!this.#resultSet) { throw new Error("subtask result has not been set") }
        return this.#result;
      }
      setResult(v) {
        if (this.#resultSet) { throw new Error("subtask result has already been set"); }
        this.#result = v;
        this.#resultSet = true;
      }
      
      componentIdx() { return this.#componentIdx; }
      
      setChildTask(t) {
        if (!t) { throw new Error('cannot set missing/invalid child task on subtask'); }
        if (this.#childTask) { throw new Error('child task is already set on subtask'); }
        if (this.#parentTask === t) { throw new Error("parent cannot be child"); }
        this.#childTask = t;
      }
      getChildTask(t) { return this.#childTask; }
      
      getParentTask() { return this.#parentTask; }
      
      setCallbackFn(f, name) {
        if (!f) { return; }
        if (this.#callbackFn) { throw new Error('callback fn can only be set once'); }
        this.#callbackFn = f;
        this.#callbackFnName = name;
      }
      
      getCallbackFnName() {
        if (!this.#callbackFn) { return undefined; }
        return this.#callbackFn.name;
      }
      
      setPostReturnFn(f) {
        if (!f) { return; }
        if (this.#postReturnFn) { throw new Error('postReturn fn can only be set once'); }
        this.#postReturnFn = f;
      }
      
      setOnProgressFn(f) {
        if (this.#onProgressFn) { throw new Error('on progress fn can only be set once'); }
        this.#onProgressFn = f;
      }
      
      isNotStarted() {
        return this.#state == AsyncSubtask.State.STARTING;
      }
      
      cancellationRequested() { return this.#cancelRequested; }
      
      // Request cooperative cancellation of this subtask, on behalf of the
      // supertask (i.e. `canon subtask.cancel`).
      //
      // If the callee is another guest task, the request is delivered to it and
      // the callee confirms via `task.cancel` (or still resolves via `task.return`).
      //
      // If the callee is a host function there is (currently) no host-side
      // cancellation hook, so the pending call is treated as immediately
      // cancelled -- consistent with hosts being expected to resolve
      // cancellation promptly -- and any later host resolution is discarded
      // (see `AsyncTask#onResolve`).
      requestCancellation() {
        _debugLog('[AsyncSubtask#requestCancellation()] args', {
          componentIdx: this.#componentIdx,
          subtaskID: this.#id,
          state: this.#state,
          childTaskID: this.childTaskID(),
          fnName: this.fnName,
        });
        if (this.#cancelRequested) {
          throw new Error('cancellation has already been requested for this subtask');
        }
        this.#cancelRequested = true;
        
        if (this.#resolved) { return; }
        
        if (this.#childTask) {
          this.#childTask.requestCancellation();
          return;
        }
        
        this.onResolve(null);
      }
      
      registerOnStartHandler(f) {
        this.#onStartHandlers.push(f);
      }
      
      onStart(args) {
        _debugLog('[AsyncSubtask#onStart()] args', {
          componentIdx: this.#componentIdx,
          subtaskID: this.#id,
          parentTaskID: this.parentTaskID(),
          fnName: this.fnName,
          args,
        });
        
        if (this.#onProgressFn) { this.#onProgressFn(); }
        
        // Starting a nested operation is a task execution boundary.
        // In particular, a cancellation handler may synchronously
        // enter an import which then suspends in the host.  Wake a
        // supertask that is driving one cancellation slice so an
        // async `subtask.cancel` can report BLOCKED without waiting
        // for that nested operation to finish.
        this.#parentTask.notifyProgress();
        
        this.#state = AsyncSubtask.State.STARTED;
        
        let result;
        
        // If we have been provided a helper start function as a result of
        // component fusion performed by wasmtime tooling, then we can call that helper and lifts/lowers will
        // be performed for us.
        //
        // See also documentation on `HostIntrinsic::PrepareCall`
        //
        if (this.#callMetadata.startFn) {
          result = this.#callMetadata.startFn.apply(null, args?.startFnParams ?? []);
        }
        
        return result;
      }
      
      
      registerOnResolveHandler(f) {
        this.#onResolveHandlers.push(f);
      }
      
      reject(subtaskErr) {
        if (this.#resolved) { return; }
        
        if (this.#onProgressFn) { this.#onProgressFn(); }
        
        if (this.#state === AsyncSubtask.State.STARTING) {
          this.#state = AsyncSubtask.State.CANCELLED_BEFORE_STARTED;
        } else if (this.#state === AsyncSubtask.State.STARTED) {
          this.#state = AsyncSubtask.State.CANCELLED_BEFORE_RETURNED;
        } else {
          throw new Error('cannot reject a completed subtask');
        }
        
        this.#resolved = true;
        this.#parentTask.removeSubtask(this);
        this.#parentTask.reject(subtaskErr);
      }
      
      onResolve(subtaskValue) {
        _debugLog('[AsyncSubtask#onResolve()] args', {
          componentIdx: this.#componentIdx,
          subtaskID: this.#id,
          isAsync: this.isAsync,
          childTaskID: this.childTaskID(),
          parentTaskID: this.parentTaskID(),
          parentTaskFnName: this.#parentTask?.entryFnName(),
          fnName: this.fnName,
        });
        
        if (this.#resolved) {
          throw new Error('subtask has already been resolved');
        }
        
        if (this.#onProgressFn) { this.#onProgressFn(); }
        
        if (subtaskValue === null && this.#cancelRequested) {
          if (this.#state === AsyncSubtask.State.STARTING) {
            this.#state = AsyncSubtask.State.CANCELLED_BEFORE_STARTED;
          } else {
            if (this.#state !== AsyncSubtask.State.STARTED) {
              throw new Error('resolved subtask must have been started before cancellation');
            }
            this.#state = AsyncSubtask.State.CANCELLED_BEFORE_RETURNED;
          }
        } else {
          if (this.#state !== AsyncSubtask.State.STARTED) {
            throw new Error('resolved subtask must have been started before completion');
          }
          this.#state = AsyncSubtask.State.RETURNED;
        }
        
        this.setResult(subtaskValue);
        
        for (const f of this.#onResolveHandlers) {
          try {
            f(subtaskValue);
          } catch (err) {
            console.error("error during subtask resolve handler", err);
            throw err;
          }
        }
        
        const callMetadata = this.getCallMetadata();
        
        // TODO(fix): we should be able to easily have the caller's meomry
        // to lower into here, but it's not present in PrepareCall
        const memory = callMetadata.memory ?? this.#parentTask?.getReturnMemory() ?? lookupMemoriesForComponent({ componentIdx: this.#parentTask?.componentIdx() })[0];
        // NOTE: cancelled resolutions carry no value, so nothing is lowered
        const returned = this.#state === AsyncSubtask.State.RETURNED;
        if (returned && callMetadata && !callMetadata.returnFn && (this.isAsync || callMetadata.funcTypeIsAsync) && callMetadata.resultPtr && memory) {
          const { resultPtr, realloc } = callMetadata;
          const lowers = callMetadata.lowers; // may have been updated in task.return of the child
          if (lowers && lowers.length > 0) {
            lowers[0]({
              componentIdx: this.#componentIdx,
              memory,
              realloc,
              vals: [subtaskValue],
              storagePtr: resultPtr,
              stringEncoding: callMetadata.stringEncoding,
            });
          }
        }
        
        this.#resolved = true;
        this.#parentTask.removeSubtask(this);
        
        if (!this.isAsync) {
          this.deliverResolve();
          const rep = this.waitableRep();
          if (rep) {
            try {
              const removed = this.#getComponentState().handles.remove(rep);
              if (removed !== this) {
                throw new Error("unexpectedly received non-self Subtask from handle removal");
              }
              this.drop();
            } catch (err) {
              _debugLog('[AsyncSubtask#onResolve()] failed to remove subtask after sync subtask completion', err);
            }
          }
        }
      }
      
      getStateNumber() { return this.#state; }
      isReturned() { return this.#state === AsyncSubtask.State.RETURNED; }
      
      getCallMetadata() { return this.#callMetadata; }
      
      isResolved() {
        if (this.#state === AsyncSubtask.State.STARTING
        || this.#state === AsyncSubtask.State.STARTED) {
          return false;
        }
        if (this.#state === AsyncSubtask.State.RETURNED
        || this.#state === AsyncSubtask.State.CANCELLED_BEFORE_STARTED
        || this.#state === AsyncSubtask.State.CANCELLED_BEFORE_RETURNED) {
          return true;
        }
        throw new Error('unrecognized internal Subtask state [' + this.#state + ']');
      }
      
      addLender(handle) {
        _debugLog('[AsyncSubtask#addLender()] args', { handle });
        if (!Number.isNumber(handle)) { throw new Error('missing/invalid lender handle [' + handle + ']'); }
        
        if (this.#lenders.length === 0 || this.isResolved()) {
          throw new Error('subtask has no lendors or has already been resolved');
        }
        
        handle.lends++;
        this.#lenders.push(handle);
      }
      
      deliverResolve() {
        _debugLog('[AsyncSubtask#deliverResolve()] args', {
          lenders: this.#lenders,
          parentTaskID: this.parentTaskID(),
          subtaskID: this.#id,
          childTaskID: this.childTaskID(),
          resolved: this.isResolved(),
          resolveDelivered: this.resolveDelivered(),
        });
        
        const cannotDeliverResolve = this.resolveDelivered() || !this.isResolved();
        if (cannotDeliverResolve) {
          throw new Error('subtask cannot deliver resolution twice, and the subtask must be resolved');
        }
        
        for (const lender of this.#lenders) {
          lender.lends--;
        }
        
        this.#lenders = null;
      }
      
      resolveDelivered() {
        _debugLog('[AsyncSubtask#resolveDelivered()] args', { });
        if (this.#lenders === null && !this.isResolved()) {
          throw new Error('invalid subtask state, lenders missing and subtask has not been resolved');
        }
        return this.#lenders === null;
      }
      
      drop() {
        _debugLog('[AsyncSubtask#drop()] args', {
          componentIdx: this.#componentIdx,
          parentTaskID: this.#parentTask?.id(),
          parentTaskFnName: this.#parentTask?.entryFnName(),
          childTaskID: this.#childTask?.id(),
          childTaskFnName: this.#childTask?.entryFnName(),
          subtaskFnName: this.fnName,
        });
        if (!this.#waitable) { throw new Error('missing/invalid inner waitable'); }
        if (!this.resolveDelivered()) {
          throw new Error('cannot drop a subtask which has not yet resolved');
        }
        if (this.#waitable) { this.#waitable.drop() }
        this.#dropped = true;
      }
      
      #getComponentState() {
        const state = getOrCreateAsyncState(this.#componentIdx);
        if (!state) {
          throw new Error('invalid/missing async state for component [' + componentIdx + ']');
        }
        return state;
      }
      
      getWaitableHandleIdx() {
        _debugLog('[AsyncSubtask#getWaitableHandleIdx()] args', { });
        if (!this.#waitable) { throw new Error('missing/invalid waitable'); }
        return this.waitableRep();
      }
    }
    
    class FutureValue {
      #start;
      #settled;
      #hideThen = 0;
      #thenFn;
      
      constructor(start) {
        if (typeof start !== 'function') {
          throw new TypeError('future start operation must be a function');
        }
        this.#start = start;
        this.#thenFn = this.#then.bind(this);
      }
      
      get then() {
        return this.#hideThen === 0 ? this.#thenFn : undefined;
      }
      
      #read() {
        if (!this.#settled) {
          // The start operation resolves to a non-thenable box so a
          // future-valued payload cannot be assimilated by this Promise.
          this.#settled = Promise.resolve().then(this.#start);
        }
        return this.#settled;
      }
      
      resolveAsValue(resolve) {
        this.#hideThen++;
        try {
          resolve(this);
        } finally {
          this.#hideThen--;
        }
      }
      
      #deliver(resolve, value) {
        if (value instanceof FutureValue) {
          // Promise resolution reads `then` synchronously. Hide it only
          // for that lookup so resolving this layer yields the inner
          // FutureValue instead of recursively awaiting it.
          value.resolveAsValue(resolve);
          return;
        }
        resolve(value);
      }
      
      #then(resolve, reject) {
        return this.#read().then(
        box => this.#deliver(resolve, box.value),
        reject,
        );
      }
    }
    const ASYNC_DETERMINISM = 'random';
    const _coinFlip = () => { return Math.random() > 0.5; };
    
    const ASYNC_EVENT_CODE = {
      NONE: 0,
      SUBTASK: 1,
      STREAM_READ: 2,
      STREAM_WRITE: 3,
      FUTURE_READ: 4,
      FUTURE_WRITE: 5,
      TASK_CANCELLED: 6,
    };
    const CURRENT_TASK_META = {};
    
    function _withGlobalCurrentTaskMeta(args) {
      _debugLog('[_withGlobalCurrentTaskMeta()] args', args);
      if (!args) { throw new TypeError('args missing'); }
      if (args.taskID === undefined) { throw new TypeError('missing task ID'); }
      if (args.componentIdx === undefined) { throw new TypeError('missing component idx'); }
      if (!args.fn) { throw new TypeError('missing fn'); }
      const { taskID, componentIdx, fn } = args;
      const previous = CURRENT_TASK_META[componentIdx] ?? null;
      const previousCurrent = CURRENT_TASK_META.current ?? null;
      
      try {
        CURRENT_TASK_META.current =
        CURRENT_TASK_META[componentIdx] = { taskID, componentIdx };
        return fn();
      } catch (err) {
        _debugLog("error while executing sync callee/callback", {
          ...args,
          err,
        });
        throw err;
      } finally {
        // Synchronous wrappers can nest without any intervening JS
        // scheduling. Restore the caller rather than clearing it so
        // helper core exports (for example fused return adapters) can
        // temporarily run under a different task of the same component.
        CURRENT_TASK_META[componentIdx] = previous;
        CURRENT_TASK_META.current = previousCurrent;
      }
    }
    
    async function _withGlobalCurrentTaskMetaAsync(args) {
      _debugLog('[_withGlobalCurrentTaskMetaAsync()] args', args);
      if (!args) { throw new TypeError('args missing'); }
      if (args.taskID === undefined) { throw new TypeError('missing task ID'); }
      if (args.componentIdx === undefined) { throw new TypeError('missing component idx'); }
      if (!args.fn) { throw new TypeError('missing fn'); }
      
      const { taskID, componentIdx, fn } = args;
      
      try {
        CURRENT_TASK_META.current =
        CURRENT_TASK_META[componentIdx] = { taskID, componentIdx };
        return await fn();
      } catch (err) {
        _debugLog("error while executing async callee/callback", {
          ...args,
          err,
        });
        throw err;
      } finally {
        CURRENT_TASK_META[componentIdx] = null;
        if (CURRENT_TASK_META.current?.taskID === taskID) {
          CURRENT_TASK_META.current = null;
        }
      }
    }
    
    class AsyncTask {
      static _ID = 0n;
      
      static State = {
        INITIAL: 'initial',
        CANCELLED: 'cancelled',
        CANCEL_PENDING: 'cancel-pending',
        CANCEL_DELIVERED: 'cancel-delivered',
        RESOLVED: 'resolved',
      }
      
      static BlockResult = {
        CANCELLED: 'block.cancelled',
        NOT_CANCELLED: 'block.not-cancelled',
      }
      
      #id;
      #componentIdx;
      #state;
      #isAsync;
      #isManualAsync;
      #callingWasmExport = true;
      #lockFreeEntry = false;
      #preserveFutureResult;
      #entryFnName = null;
      
      #onResolveHandlers = [];
      #progressWaiters = [];
      #completionPromise = null;
      #completionValue;
      #completionReady = false;
      #settleCompletionPromise;
      #rejected = false;
      
      #exitPromise = null;
      #onExitHandlers = [];
      
      #memoryIdx = null;
      #memory = null;
      
      #callbackFn = null;
      #callbackFnName = null;
      
      #postReturnFn = null;
      
      #getCalleeParamsFn = null;
      #calleeIsAsync = null;
      
      #stringEncoding = null;
      
      #parentSubtask = null;
      
      #errHandling;
      
      #backpressurePromise;
      #backpressureWaiters = 0n;
      
      #returnLowerFns = null;
      
      #resourceScopeId;
      #resourceBorrowCount = 0;
      #resourceLenders = [];
      #resourceScopeExited = false;
      
      #subtasks = [];
      
      #entered = false;
      #exited = false;
      #errored = null;
      
      cancelled = false;
      cancelRequested = false;
      alwaysTaskReturn = false;
      
      returnCalls =  0;
      storage = [0, 0];
      tmpRetI64HighBits = 0|0;
      
      constructor(opts) {
        this.#id = ++AsyncTask._ID;
        this.#resourceScopeId = ++RESOURCE_SCOPE_ID;
        RESOURCE_SCOPE_TASKS.set(this.#resourceScopeId, this);
        
        if (opts?.componentIdx === undefined) {
          throw new TypeError('missing component id during task creation');
        }
        this.#componentIdx = opts.componentIdx;
        
        this.#state = AsyncTask.State.INITIAL;
        this.#isAsync = opts?.isAsync ?? false;
        this.#isManualAsync = opts?.isManualAsync ?? false;
        this.#preserveFutureResult = opts?.preserveFutureResult ?? false;
        this.#entryFnName = opts.entryFnName;
        // Tasks that execute guest slices (export calls, fused
        // callees) default to true; import-handler tasks pass false
        // explicitly (they run host code nested inside the caller's
        // already-locked slice).
        this.#callingWasmExport = opts?.callingWasmExport !== false;
        
        const {
          promise: completionPromise,
          resolve: resolveCompletionPromise,
          reject: rejectCompletionPromise,
        } = promiseWithResolvers();
        this.#completionPromise = completionPromise;
        // A nested rejection can reach the root task while its Wasm
        // entrypoint is still suspended, before the export wrapper awaits
        // this promise. Mark it handled immediately while preserving the
        // original rejected promise for the eventual caller.
        completionPromise.catch(() => {});
        
        let completionSettled = false;
        const settleCompletionPromise = () => {
          if (completionSettled || !this.#completionReady) { return; }
          completionSettled = true;
          if (this.#errored !== null) {
            rejectCompletionPromise(this.#errored);
          } else if (this.#rejected) {
            rejectCompletionPromise(this.#completionValue);
          } else if (
          this.#preserveFutureResult
          && this.#completionValue instanceof FutureValue
          ) {
            this.#completionValue.resolveAsValue(resolveCompletionPromise);
          } else {
            resolveCompletionPromise(this.#completionValue);
          }
        };
        
        this.#settleCompletionPromise = settleCompletionPromise;
        this.#onResolveHandlers.push((results) => {
          if (this.#parentSubtask !== null) { return; }
          if (!this.#isAsync && !this.#isManualAsync) { return; }
          this.#completionValue = results;
          this.#completionReady = true;
          // Publish after the current guest slice returns, so a trap
          // in that slice can still reject the call. Do not wait for
          // task exit: detached work may require further host calls
          // or consumption of a returned resource's stream.
        });
        
        const {
          promise: exitPromise,
          resolve: resolveExitPromise,
          reject: rejectExitPromise,
        } = promiseWithResolvers();
        this.#exitPromise = exitPromise;
        
        this.#onExitHandlers.push(() => {
          if (this.#parentSubtask === null && (this.#isAsync || this.#isManualAsync)) {
            settleCompletionPromise();
          }
          resolveExitPromise();
        });
        
        if (opts.callbackFn) { this.#callbackFn = opts.callbackFn; }
        if (opts.callbackFnName) { this.#callbackFnName = opts.callbackFnName; }
        
        if (opts.getCalleeParamsFn) { this.#getCalleeParamsFn = opts.getCalleeParamsFn; }
        if (opts.stringEncoding) { this.#stringEncoding = opts.stringEncoding; }
        
        if (opts.parentSubtask) { this.#parentSubtask = opts.parentSubtask; }
        
        
        if (opts.errHandling) { this.#errHandling = opts.errHandling; }
      }
      
      taskState() { return this.#state; }
      id() { return this.#id; }
      componentIdx() { return this.#componentIdx; }
      entryFnName() { return this.#entryFnName; }
      
      resourceScopeId() { return this.#resourceScopeId; }
      
      addBorrowedHandle() {
        if (this.#resourceScopeExited) {
          throw new Error('cannot add a borrow to an exited resource scope');
        }
        this.#resourceBorrowCount++;
      }
      
      removeBorrowedHandle() {
        if (this.#resourceBorrowCount === 0) {
          throw new Error('resource borrow count underflow');
        }
        this.#resourceBorrowCount--;
      }
      
      addResourceLender(table, handle) {
        if (this.#resourceScopeExited) {
          throw new Error('cannot add a lender to an exited resource scope');
        }
        this.#resourceLenders.push({ table, handle });
      }
      
      validateResourceBorrowScope() {
        if (this.#resourceScopeExited) { return; }
        if (this.#resourceBorrowCount !== 0) {
          throw new WebAssemblyRuntimeError('borrow handles still remain at the end of the call');
        }
        for (const { table, handle } of this.#resourceLenders) {
          const idx = handle << 1;
          const lendCount = table[idx];
          if (!Number.isInteger(lendCount) || lendCount <= 0 || lendCount >= 2**30) {
            throw new Error('invalid resource lender state at scope exit');
          }
          table[idx] = lendCount - 1;
        }
        this.#resourceLenders = [];
        this.#resourceScopeExited = true;
        RESOURCE_SCOPE_TASKS.delete(this.#resourceScopeId);
      }
      
      completionPromise() { return this.#completionPromise; }
      settleCompletion() { this.#settleCompletionPromise(); }
      exitPromise() { return this.#exitPromise; }
      
      waitForProgress() {
        const { promise, resolve } = promiseWithResolvers();
        this.#progressWaiters.push(resolve);
        return promise;
      }
      
      notifyProgress() {
        const waiters = this.#progressWaiters;
        this.#progressWaiters = [];
        for (const resolve of waiters) { resolve(); }
      }
      
      isAsync() { return this.#isAsync; }
      isManualAsync() { return this.#isManualAsync; }
      isSync() { return !this.isAsync(); }
      
      getErrHandling() { return this.#errHandling; }
      
      hasCallback() { return this.#callbackFn !== null; }
      
      getReturnMemoryIdx() { return this.#memoryIdx; }
      setReturnMemoryIdx(idx) {
        if (idx === null) { return; }
        this.#memoryIdx = idx;
      }
      
      getReturnMemory() { return this.#memory; }
      setReturnMemory(m) {
        if (m === null) { return; }
        this.#memory = m;
      }
      
      setReturnLowerFns(fns) { this.#returnLowerFns = fns; }
      getReturnLowerFns() { return this.#returnLowerFns; }
      
      setCalleeIsAsync(value) {
        if (typeof value !== 'boolean') { throw new TypeError('callee async state must be a boolean'); }
        this.#calleeIsAsync = value;
      }
      
      setParentSubtask(subtask) {
        if (!subtask || !(subtask instanceof AsyncSubtask)) { return }
        if (this.#parentSubtask) { throw new Error('parent subtask can only be set once'); }
        this.#parentSubtask = subtask;
      }
      
      getParentSubtask() { return this.#parentSubtask; }
      
      // TODO(threads): this is very inefficient, we can pass along a root task,
      // and ideally do not need this once thread support is in place
      getRootTask() {
        let currentSubtask = this.getParentSubtask();
        let task = this;
        while (currentSubtask) {
          task = currentSubtask.getParentTask();
          currentSubtask = task.getParentSubtask();
        }
        return task;
      }
      
      setPostReturnFn(f) {
        if (!f) { return; }
        if (this.#postReturnFn) { throw new Error('postReturn fn can only be set once'); }
        this.#postReturnFn = f;
      }
      
      setCallbackFn(f, name) {
        if (!f) { return; }
        if (this.#callbackFn) { throw new Error('callback fn can only be set once'); }
        this.#callbackFn = f;
        this.#callbackFnName = name;
      }
      
      getCallbackFnName() {
        if (!this.#callbackFnName) { return undefined; }
        return this.#callbackFnName;
      }
      
      runCallbackFn(...args) {
        if (!this.#callbackFn) { throw new Error('no callback function has been set for task'); }
        if (this.#callbackFn._jcoMaySuspend === false) {
          return _withGlobalCurrentTaskMeta({
            taskID: this.#id,
            componentIdx: this.#componentIdx,
            fn: () => this.#callbackFn.apply(null, args),
          });
        }
        return _withGlobalCurrentTaskMetaAsync({
          taskID: this.#id,
          componentIdx: this.#componentIdx,
          fn: () => { return this.#callbackFn.apply(null, args); }
        });
      }
      
      getCalleeParams() {
        if (!this.#getCalleeParamsFn) { throw new Error('missing/invalid getCalleeParamsFn'); }
        return this.#getCalleeParamsFn();
      }
      
      // Legacy manually-async exports are sync-typed in the component
      // but use JSPI precisely so their guest stack may suspend.
      mayBlock() { return this.isAsync() || this.isManualAsync() || this.isResolvedState() }
      
      mayEnter(task) {
        const cstate = getOrCreateAsyncState(this.#componentIdx);
        if (cstate.hasBackpressure()) {
          _debugLog('[AsyncTask#mayEnter()] disallowed due to backpressure', { taskID: this.#id });
          return false;
        }
        if (!cstate.callingSyncImport()) {
          _debugLog('[AsyncTask#mayEnter()] disallowed due to sync import call', { taskID: this.#id });
          return false;
        }
        const callingSyncExportWithSyncPending = cstate.callingSyncExport && !task.isAsync;
        if (!callingSyncExportWithSyncPending) {
          _debugLog('[AsyncTask#mayEnter()] disallowed due to sync export w/ sync pending', { taskID: this.#id });
          return false;
        }
        return true;
      }
      
      enterSync() {
        if (this.needsExclusiveLock()) {
          const cstate = getOrCreateAsyncState(this.#componentIdx);
          if (!cstate.isExclusivelyLocked()) {
            cstate.exclusiveLock(this.#id);
          } else {
            // A host-called sync export arriving while another
            // task's slice holds the lock: synchronous entry
            // cannot wait, and historically this entry silently
            // stole the hold. Run without the lock instead --
            // the holder's bookkeeping stays intact and its
            // release still pairs
            this.#lockFreeEntry = true;
            _debugLog('[AsyncTask#enterSync()] entering without exclusive lock', {
              taskID: this.#id,
              componentIdx: this.#componentIdx,
            });
          }
        }
        return true;
      }
      
      tryEnter() {
        if (this.#entered) {
          throw new Error(`task with ID [${this.#id}] should not be entered twice`);
        }
        
        if (this.deliverPendingCancel({ cancellable: true })) {
          this.cancel();
          return false;
        }
        
        const cstate = getOrCreateAsyncState(this.#componentIdx);
        if (this.isSync()) {
          this.#entered = true;
          return true;
        }
        if (cstate.hasBackpressure()) { return null; }
        if (this.needsExclusiveLock()) {
          if (cstate.isExclusivelyLocked()) { return null; }
          cstate.exclusiveLock(this.#id);
        }
        
        if (this.deliverPendingCancel({ cancellable: true })) {
          cstate.exclusiveRelease(this.#id);
          this.cancel();
          return false;
        }
        
        this.#entered = true;
        return true;
      }
      
      async enter(opts) {
        _debugLog('[AsyncTask#enter()] args', {
          taskID: this.#id,
          componentIdx: this.#componentIdx,
          subtaskID: this.getParentSubtask()?.id(),
          args: opts,
          entryFnName: this.#entryFnName,
        });
        
        if (this.#entered) {
          throw new Error(`task with ID [${this.#id}] should not be entered twice`);
        }
        
        // If cancellation was requested before the task was entered, resolve
        // as cancelled without ever running guest code
        if (this.deliverPendingCancel({ cancellable: true })) {
          this.cancel();
          return false;
        }
        
        const cstate = getOrCreateAsyncState(this.#componentIdx);
        
        if (opts?.isHost) {
          this.#entered = true;
          // A guest task may be synchronously blocked in this
          // host entry. Propagate that boundary so an async
          // cancellation driver can yield BLOCKED while the host
          // operation is outstanding.
          const parentTask = this.#parentSubtask?.getParentTask();
          if (
          parentTask?.taskState() === AsyncTask.State.CANCEL_DELIVERED
          || (parentTask && !parentTask.hasCallback())
          ) {
            parentTask.notifyProgress();
          }
          return this.#entered;
        }
        
        // NOTE: concurrent task lifetimes within one component instance are
        // permitted by the Component Model: entry is governed by the
        // backpressure and exclusive-lock checks below (the lock is held per
        // execution slice, not for the task's lifetime).
        //
        // Serializing entire task lifetimes here (the former "execution slot" queue)
        // deadlocks pipelines where a parked long-lived task's progress depends on a
        // later entry into the same component.
        
        // If a task is synchronous then we can avoid component-relevant
        // tracking and immediately enter.
        if (this.isSync()) {
          this.#entered = true;
          
          // TODO(breaking): remove once manually-specifying async fns is removed
          // It is currently possible for an actually sync export to be specified
          // as async via JSPI
          if (this.#isManualAsync) {
            if (this.needsExclusiveLock()) { await cstate.acquireExclusiveLock(this.#id); }
          }
          
          return this.#entered;
        }
        
        // Perform intial backpressure check
        if (cstate.hasBackpressure()) {
          cstate.addBackpressureWaiter();
          
          const result = await this.waitUntil({
            readyFn: () => {
              return !cstate.hasBackpressure();
            },
            cancellable: true,
          });
          
          cstate.removeBackpressureWaiter();
          
          if (!result || this.isCancelled()) {
            if (!this.isResolvedState()) { this.cancel(); }
            return false;
          }
        }
        
        // Acquire the per-slice exclusive lock (FIFO-queued when
        // contended); the first slice runs under this hold and the
        // driver loop releases/re-acquires it per slice thereafter.
        if (this.needsExclusiveLock()) {
          await cstate.acquireExclusiveLock(this.#id);
        }
        
        // Cancellation-before-start may resolve this task while its
        // queued lock acquisition is still pending. Acquiring the lock
        // does not make the already-resolved task runnable again.
        if (this.isResolvedState() || this.isCancelled()) {
          cstate.exclusiveRelease(this.#id);
          return false;
        }
        
        // Cancellation can be requested while entry is waiting for
        // backpressure or its exclusive lock. Do not execute the guest
        // after acquiring a lock for a task that should no longer start.
        if (this.deliverPendingCancel({ cancellable: true })) {
          cstate.exclusiveRelease(this.#id);
          this.cancel();
          return false;
        }
        
        this.#entered = true;
        return this.#entered;
      }
      
      isRunningState() { return this.#state !== AsyncTask.State.RESOLVED; }
      isResolvedState() { return this.#state === AsyncTask.State.RESOLVED; }
      isResolved() { return this.#state === AsyncTask.State.RESOLVED; }
      isExited() { return this.#exited; }
      
      async waitUntil(opts) {
        const { readyFn, cancellable } = opts;
        _debugLog('[AsyncTask#waitUntil()] args', { taskID: this.#id, args: { cancellable } });
        
        // TODO(fix): check for cancel
        // TODO(fix): determinism
        // TODO(threads): add this thread to waiting list
        
        const keepGoing = await this.suspendUntil({
          readyFn,
          cancellable,
        });
        
        return keepGoing;
      }
      
      async yieldUntil(opts) {
        const { readyFn, cancellable } = opts;
        _debugLog('[AsyncTask#yieldUntil()]', {
          taskID: this.#id,
          args: {
            cancellable,
          },
          componentIdx: this.#componentIdx,
        });
        
        // A callback YIELD is an explicit request to let other work run.
        // Unlike waits whose condition is already ready, it must always
        // suspend for at least one scheduler turn.
        const keepGoing = await this.immediateSuspend({ readyFn, cancellable });
        if (keepGoing) {
          return {
            code: ASYNC_EVENT_CODE.NONE,
            payload0: 0,
            payload1: 0,
          };
        }
        
        return {
          code: ASYNC_EVENT_CODE.TASK_CANCELLED,
          payload0: 0,
          payload1: 0,
        };
      }
      
      async suspendUntil(opts) {
        const { cancellable, readyFn } = opts;
        _debugLog('[AsyncTask#suspendUntil()] args', {
          taskID: this.#id,
          args: {
            cancellable,
          },
          componentIdx: this.#componentIdx,
        });
        
        const pendingCancelled = this.deliverPendingCancel({ cancellable });
        if (pendingCancelled) { return false; }
        
        const completed = await this.immediateSuspendUntil({ readyFn, cancellable });
        return completed;
      }
      
      suspendUntilCallback(opts, onResume) {
        const { cancellable, readyFn } = opts;
        if (this.deliverPendingCancel({ cancellable })) {
          onResume(false);
          return;
        }
        
        const cstate = getOrCreateAsyncState(this.#componentIdx);
        cstate.suspendTask({
          task: this,
          cancellable,
          readyFn: () => {
            if (cancellable && this.#state === AsyncTask.State.CANCEL_PENDING) {
              return true;
            }
            return readyFn();
          },
          onResume: (keepGoing) => {
            if (keepGoing && this.deliverPendingCancel({ cancellable })) {
              keepGoing = false;
            }
            onResume(keepGoing);
          },
        });
      }
      
      // TODO(threads): equivalent to thread.suspend_until()
      async immediateSuspendUntil(opts) {
        const { cancellable, readyFn } = opts;
        _debugLog('[AsyncTask#immediateSuspendUntil()] args', {
          args: {
            cancellable,
            readyFn,
          },
          taskID: this.#id,
          componentIdx: this.#componentIdx,
        });
        
        const ready = readyFn();
        if (ready && ASYNC_DETERMINISM === 'random') {
          const coinFlip = _coinFlip();
          if (coinFlip) { return true }
        }
        
        const keepGoing = await this.immediateSuspend({ cancellable, readyFn });
        return keepGoing;
      }
      
      async immediateSuspend(opts) { // NOTE: equivalent to thread.suspend()
      // TODO(threads): store readyFn on the thread
      const { cancellable, readyFn } = opts;
      _debugLog('[AsyncTask#immediateSuspend()] args', { cancellable, readyFn });
      
      const pendingCancelled = this.deliverPendingCancel({ cancellable });
      if (pendingCancelled) { return false; }
      
      const cstate = getOrCreateAsyncState(this.#componentIdx);
      const keepGoing = await cstate.suspendTask({
        task: this,
        cancellable,
        readyFn: () => {
          // A pending cancellation request wakes cancellable waits
          if (cancellable && this.#state === AsyncTask.State.CANCEL_PENDING) {
            return true;
          }
          return readyFn();
        },
      });
      if (keepGoing && this.deliverPendingCancel({ cancellable })) { return false; }
      return keepGoing;
    }
    
    deliverPendingCancel(opts) {
      const { cancellable } = opts;
      _debugLog('[AsyncTask#deliverPendingCancel()]', {
        args: { cancellable },
        taskID: this.#id,
        componentIdx: this.#componentIdx,
      });
      
      if (cancellable && this.#state === AsyncTask.State.CANCEL_PENDING) {
        this.#state = AsyncTask.State.CANCEL_DELIVERED;
        return true;
      }
      
      return false;
    }
    
    isCancelled() { return this.cancelled }
    cancellationRequested() { return this.cancelRequested; }
    
    // Request cooperative cancellation of this task, called on behalf of a
    // supertask performing `subtask.cancel` on the subtask this task backs.
    //
    // The request is delivered at this task's next cancellable wait
    // (see suspendUntil/immediateSuspend), at which point the task is
    // expected to acknowledge via `task.cancel` or still resolve via
    // `task.return`.
    requestCancellation() {
      _debugLog('[AsyncTask#requestCancellation()] args', {
        taskID: this.#id,
        componentIdx: this.#componentIdx,
        state: this.#state,
      });
      if (this.isResolvedState() || this.cancelRequested) { return; }
      this.cancelRequested = true;
      if (this.#state === AsyncTask.State.INITIAL) {
        this.#state = AsyncTask.State.CANCEL_PENDING;
      }
      // Nudge the component's tick loop so that any suspended cancellable
      // wait observes the pending cancellation promptly
      getOrCreateAsyncState(this.#componentIdx).runTickLoop();
    }
    
    cancel(args) {
      _debugLog('[AsyncTask#cancel()] args', { });
      if (this.taskState() !== AsyncTask.State.CANCEL_DELIVERED) {
        throw new Error(`(component [${this.#componentIdx}]) task [${this.#id}] invalid task state [${this.taskState()}] for cancellation`);
      }
      this.validateResourceBorrowScope();
      this.cancelled = true;
      // Cancelled tasks resolve with no value (spec: `Task.cancel` calls
      // `on_resolve(None)`); an explicit error is only present on the
      // host-driven rejection path (see `reject()`).
      this.onResolve(args?.error ?? null);
      this.#state = AsyncTask.State.RESOLVED;
      // A task cancelled before entry has no driver loop that can
      // report its exit. Entered tasks notify after releasing their
      // component slice in `exit()`.
      if (!this.#entered) { this.notifyProgress(); }
    }
    
    onResolve(taskValue) {
      const handlers = this.#onResolveHandlers;
      this.#onResolveHandlers = [];
      for (const f of handlers) {
        try {
          f(taskValue);
        } catch (err) {
          _debugLog("[AsyncTask#onResolve] error during task resolve handler", err);
          throw err;
        }
      }
      
      // Rejections are control-flow failures, not canonical ABI results.
      // Propagate them through the subtask chain without running return
      // lowering or post-return hooks for a successful result.
      if (this.#rejected) {
        this.#parentSubtask?.reject(taskValue);
        return;
      }
      
      // NOTE: if the parent subtask has already been resolved (e.g. it was
      // cancelled via `subtask.cancel` while this task was still pending),
      // this task's resolution must be discarded rather than delivered.
      const parentSubtaskPending = this.#parentSubtask && !this.#parentSubtask.isResolved();
      const taskReturned = !this.isCancelled();
      
      if (parentSubtaskPending && taskReturned) {
        const meta = this.#parentSubtask.getCallMetadata();
        // Run the rturn fn if it has not already been called -- this *should* have happened in
        // `task.return`, but some paths do not go through task.return (e.g. async lower of sync fn
        // which goes through prepare + async-start-call)
        if (meta.returnFn && !meta.returnFnCalled) {
          _debugLog('[AsyncTask#onResolve()] running returnFn', {
            componentIdx: this.#componentIdx,
            taskID: this.#id,
            subtaskID: this.#parentSubtask.id(),
          });
          const callerTask = this.#parentSubtask.getParentTask();
          _withGlobalCurrentTaskMeta({
            taskID: callerTask.id(),
            componentIdx: callerTask.componentIdx(),
            fn: () => meta.returnFn.apply(null, [taskValue, meta.resultPtr]),
          });
          meta.returnFnCalled = true;
        }
      }
      
      if (this.#postReturnFn && taskReturned) {
        _debugLog('[AsyncTask#onResolve()] running post return ', {
          componentIdx: this.#componentIdx,
          taskID: this.#id,
        });
        try {
          _withGlobalCurrentTaskMeta({
            taskID: this.#id,
            componentIdx: this.#componentIdx,
            fn: () => this.#postReturnFn(taskValue),
          });
        } catch (err) {
          _debugLog("[AsyncTask#onResolve] error during task resolve handler", err);
          throw err;
        }
      }
      
      if (parentSubtaskPending) {
        this.#parentSubtask.onResolve(taskValue);
      }
    }
    
    registerOnResolveHandler(f) {
      this.#onResolveHandlers.push(f);
    }
    
    isRejected() { return this.#rejected; }
    
    isErrored() { return this.#errored; }
    setErrored(err) {
      // Preserve the originating trap when unwinding through
      // additional guest frames produces secondary traps (often
      // an `unreachable` after a call which was expected to trap).
      if (this.#errored === null) { this.#errored = err; }
    }
    
    reject(taskErr) {
      _debugLog('[AsyncTask#reject()] args', {
        componentIdx: this.#componentIdx,
        taskID: this.#id,
        parentSubtask: this.#parentSubtask,
        parentSubtaskID: this.#parentSubtask?.id(),
        entryFnName: this.entryFnName(),
        callbackFnName: this.#callbackFnName,
        errMsg: taskErr.message,
      });
      
      this.setErrored(taskErr);
      if (this.#rejected) { return; }
      
      // A task may call `task.return` before its callback exits.
      // A trap in cleanup or spawned work must still reject the
      // host call and poison the enclosing task chain.
      if (this.isResolvedState()) {
        this.#rejected = true;
        this.#errored = taskErr;
        const parentTask = this.#parentSubtask?.getParentTask();
        if (parentTask) { parentTask.reject(taskErr); }
        return;
      }
      
      this.#rejected = true;
      this.cancelRequested = true;
      this.#state = AsyncTask.State.CANCEL_PENDING;
      const cancelled = this.deliverPendingCancel({ cancellable: true });
      
      // TODO: do cleanup here to reset the machinery so we can run again?
      
      this.cancel({ error: taskErr });
    }
    
    resolve(results) {
      _debugLog('[AsyncTask#resolve()] args', {
        componentIdx: this.#componentIdx,
        taskID: this.#id,
        entryFnName: this.entryFnName(),
        callbackFnName: this.#callbackFnName,
      });
      
      if (this.#state === AsyncTask.State.RESOLVED) {
        throw new Error(`(component [${this.#componentIdx}]) task [${this.#id}]  is already resolved (did you forget to wait for an import?)`);
      }
      
      this.validateResourceBorrowScope();
      
      this.#state = AsyncTask.State.RESOLVED;
      
      switch (results.length) {
        case 0:
        this.onResolve(undefined);
        break;
        case 1:
        this.onResolve(results[0]);
        break;
        default:
        _debugLog('[AsyncTask#resolve()] unexpected number of results', {
          componentIdx: this.#componentIdx,
          results,
          taskID: this.#id,
          subtaskID: this.#parentSubtask?.id(),
          entryFnName: this.#entryFnName,
          callbackFnName: this.#callbackFnName,
        });
        throw new Error('unexpected number of results');
      }
    }
    
    exit(args) {
      _debugLog('[AsyncTask#exit()]', {
        componentIdx: this.#componentIdx,
        taskID: this.#id,
      });
      
      if (this.#exited)  { throw new Error("task has already exited"); }
      
      if (this.#state !== AsyncTask.State.RESOLVED) {
        throw new Error(`(component [${this.#componentIdx}]) task [${this.#id}] exited without resolution`);
      }
      
      this.validateResourceBorrowScope();
      
      const state = getOrCreateAsyncState(this.#componentIdx);
      if (!state) { throw new Error('missing async state for component [' + this.#componentIdx + ']'); }
      
      // Exempt the host from exclusive lock check
      if (this.#componentIdx !== -1 && !args?.skipExclusiveLockCheck && !this.#lockFreeEntry) {
        if (this.needsExclusiveLock() && !state.exclusivelyLockedBy(this.#id)) {
          throw new Error(`task [${this.#id}] exit: component [${this.#componentIdx}] should have been exclusively locked by it`);
        }
      }
      
      // Ownership-checked: releases only this task's own hold (a
      // task exiting while another task's slice holds the lock no
      // longer clears the foreign hold).
      state.exclusiveRelease(this.#id);
      this.notifyProgress();
      
      for (const f of this.#onExitHandlers) {
        try {
          f();
        } catch (err) {
          console.error("error during task exit handler", err);
          throw err;
        }
      }
      
      this.#exited = true;
      clearCurrentTask(this.#componentIdx, this.id());
    }
    
    needsExclusiveLock() {
      // Host (-1) tasks model host-side import handling: there is no
      // guest linear memory or executor state to protect, and host
      // calls from unrelated guest components would contend spuriously.
      if (this.#componentIdx === -1) { return false; }
      // Import-handler tasks (CallInterface) run host code nested
      // inside the calling guest slice, which already holds the
      // lock; only tasks that execute guest slices need it.
      if (!this.#callingWasmExport) { return false; }
      // A sync-lifted callee cannot be reentered until the whole
      // stackful call returns. This is the Component Model's
      // automatic-backpressure rule for async-lowered calls.
      return !this.#isAsync || this.hasCallback() || this.#calleeIsAsync === false;
    }
    
    createSubtask(args) {
      _debugLog('[AsyncTask#createSubtask()] args', args);
      const { componentIdx, childTask, callMetadata, fnName, isAsync, isManualAsync } = args;
      
      const cstate = getOrCreateAsyncState(this.#componentIdx);
      if (!cstate) {
        throw new Error(`invalid/missing async state for component idx [${componentIdx}]`);
      }
      
      const waitable = new Waitable({
        componentIdx: this.#componentIdx,
        target: `subtask (internal ID [${this.#id}])`,
      });
      
      const newSubtask = new AsyncSubtask({
        componentIdx,
        childTask,
        parentTask: this,
        callMetadata,
        isAsync,
        isManualAsync,
        fnName,
        waitable,
      });
      this.#subtasks.push(newSubtask);
      newSubtask.setTarget(`subtask (internal ID [${newSubtask.id()}], waitable [${waitable.idx()}], component [${componentIdx}])`);
      waitable.setIdx(cstate.handles.insert(newSubtask));
      waitable.setTarget(`waitable for subtask (waitable id [${waitable.idx()}], subtask internal ID [${newSubtask.id()}])`);
      return newSubtask;
    }
    
    getLatestSubtask() {
      return this.#subtasks.at(-1);
    }
    
    getSubtaskByWaitableRep(rep) {
      if (rep === undefined) { throw new TypeError('missing rep'); }
      return this.#subtasks.find(s => s.waitableRep() === rep);
    }
    
    currentSubtask() {
      _debugLog('[AsyncTask#currentSubtask()]');
      if (this.#subtasks.length === 0) { return undefined; }
      return this.#subtasks.at(-1);
    }
    
    removeSubtask(subtask) {
      if (this.#subtasks.length === 0) {
        throw new Error('cannot end current subtask: no current subtask');
      }
      this.#subtasks = this.#subtasks.filter(t => t !== subtask);
      return subtask;
    }
  }
  
  function createNewCurrentTask(args) {
    _debugLog('[createNewCurrentTask()] args', args);
    const {
      componentIdx,
      isAsync,
      isManualAsync,
      preserveFutureResult,
      entryFnName,
      parentSubtaskID,
      callbackFnName,
      getCallbackFn,
      getParamsFn,
      stringEncoding,
      errHandling,
      getCalleeParamsFn,
      resultPtr,
      callingWasmExport,
    } = args;
    if (componentIdx === undefined || componentIdx === null) {
      throw new Error('missing/invalid component instance index while starting task');
    }
    let taskMetas = ASYNC_TASKS_BY_COMPONENT_IDX.get(componentIdx);
    const callbackFn = getCallbackFn ? getCallbackFn() : null;
    
    const newTask = new AsyncTask({
      componentIdx,
      isAsync,
      isManualAsync,
      preserveFutureResult,
      entryFnName,
      callbackFn,
      callbackFnName,
      stringEncoding,
      getCalleeParamsFn,
      resultPtr,
      errHandling,
      callingWasmExport,
    });
    
    const newTaskID = newTask.id();
    const newTaskMeta = { id: newTaskID, componentIdx, task: newTask };
    
    // NOTE: do not track host tasks
    ASYNC_CURRENT_TASK_IDS.push(newTaskID);
    ASYNC_CURRENT_COMPONENT_IDXS.push(componentIdx);
    
    if (!taskMetas) {
      taskMetas = [newTaskMeta];
      ASYNC_TASKS_BY_COMPONENT_IDX.set(componentIdx, [newTaskMeta]);
    } else {
      taskMetas.push(newTaskMeta);
    }
    
    return [newTask, newTaskID];
  }
  
  const CURRENT_TASK_MAY_BLOCK= globalThis.WebAssembly ? new globalThis.WebAssembly.Global({ value: 'i32', mutable: true }, 0) : false;
  
  
  function _checkMayLeave(componentIdx) {
    if (INSTANCE_FLAGS.get(componentIdx)?.value !== 1) {
      throw new WebAssemblyRuntimeError('cannot leave component instance');
    }
  }
  
  function _guardMayLeave(componentIdx, fn) {
    return function (...args) {
      _checkMayLeave(componentIdx);
      return fn.apply(this, args);
    };
  }
  
  const fetchCompile = url => fetch(url).then(WebAssembly.compileStreaming);
  
  const symbolRscHandle = Symbol('handle');
  const symbolDispose = Symbol.dispose || Symbol.for('dispose');
  
  const HANDLE_TABLES= [];
  
  
  function finalizationRegistryCreate (unregister) {
    if (typeof FinalizationRegistry === 'undefined') {
      return { unregister () {} };
    }
    return new FinalizationRegistry(unregister);
  }
  
  class ComponentError extends Error {
    constructor (value) {
      const enumerable = typeof value !== 'string';
      super(enumerable ? `${String(value)} (see error.payload)` : value);
      Object.defineProperty(this, 'payload', { value, enumerable });
    }
  }
  
  function throwInvalidBool() {
    throw new TypeError('invalid variant discriminant for bool');
  }
  
  
  if (!getCoreModule) getCoreModule = (name) => fetchCompile(new URL(`./${name}`, import.meta.url));
  const module0 = getCoreModule('parse.core.wasm');
  const module1 = getCoreModule('parse.core2.wasm');
  const module2 = getCoreModule('parse.core3.wasm');
  
  let gen= (function* _initGenerator () {
    const instanceFlags0 = new WebAssembly.Global({ value: "i32", mutable: true }, 1);
    INSTANCE_FLAGS.set(0, instanceFlags0);
    let exports0;
    let exports1;
    let exports2;
    let memory0;
    let realloc0;
    let realloc0Async;
    let postReturn0;
    let postReturn0Async;
    let postReturn1;
    let postReturn1Async;
    let postReturn2;
    let postReturn2Async;
    let postReturn3;
    let postReturn3Async;
    let postReturn4;
    let postReturn4Async;
    let postReturn5;
    let postReturn5Async;
    
    const handleTable1 = [T_FLAG, 0];
    handleTable1._createdReps = new Set();
    handleTable1._componentIdx = 0;
    const finalizationRegistry1 = finalizationRegistryCreate((handle) => {
      const { rep } = rscTableRemove(handleTable1, handle);
      exports0['1'](rep);
    });
    
    HANDLE_TABLES[1] = handleTable1;
    let maps100ConstructorMapListScanner;
    
    class MapListScanner{
      constructor() {
        
        const hostProvided = false;
        getOrCreateAsyncState(0).throwIfTrapped();
        
        const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
          componentIdx: 0,
          isAsync: false,
          isManualAsync: false,
          preserveFutureResult: false,
          entryFnName: 'maps100ConstructorMapListScanner',
          getCallbackFn: () => null,
          callbackFnName: null,
          errHandling: 'none',
          callingWasmExport: true,
        });
        task.setCalleeIsAsync(false);
        
        const started = task.enterSync();
        CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
        
        if (null!== null) {
          task.setReturnMemoryIdx(null);
          task.setReturnMemory((() => null)());
        }
        
        
        return _withGlobalCurrentTaskMeta({
          taskID: task.id(),
          componentIdx: task.componentIdx(),
          fn: () => {
            try {
              
              _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[constructor]map-list-scanner"][Instruction::CallWasm] enter', {
                funcName: '[constructor]map-list-scanner',
                paramCount: 0,
                async: false,
                postReturn: false,
              });
              
              let ret;
              
              try {
                ret =  _withGlobalCurrentTaskMeta({
                  taskID: task.id(),
                  componentIdx: task.componentIdx(),
                  fn: () => maps100ConstructorMapListScanner(),
                });
              } catch (err) {
                
                _debugLog('[Instruction::CallWasm] error during sync call', {
                  taskID: task.id(),
                  err,
                });
                getOrCreateAsyncState(0).markTrapped(err);
                task.setErrored(err);
                task.reject(err);
                task.exit();
                throw err;
                
              }
              
              var handle1 = ret;
              var rsc0 = new.target === MapListScanner ? this : Object.create(MapListScanner.prototype);
              Object.defineProperty(rsc0, symbolRscHandle, { writable: true, value: handle1});
              finalizationRegistry1.register(rsc0, handle1, rsc0);
              Object.defineProperty(rsc0, symbolDispose, { writable: true, value: function () {
                finalizationRegistry1.unregister(rsc0);
                const handleEntry = rscTableRemove(handleTable1, handle1);
                rsc0[symbolDispose] = emptyFunc;
                rsc0[symbolRscHandle] = undefined;
                exports0['1'](handleEntry.rep);
              }});
              _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[constructor]map-list-scanner"][Instruction::Return]', {
                funcName: '[constructor]map-list-scanner',
                paramCount: 1,
                async: false,
                postReturn: false
              });
              task.resolve([rsc0]);
              task.exit();
              return rsc0;
              
            } catch (err) {
              if (!task.isResolvedState()) {
                task.setErrored(err);
                task.reject(err);
              }
              if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
              throw err;
            }
          },
        });
        
      }
    }
    let maps100MethodMapListScannerPush;
    
    MapListScanner.prototype.push = function push(arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'maps100MethodMapListScannerPush',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'none',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable1[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"MapListScanner\" resource.');
            }
            var handle0 = handleTable1[(handle1 << 1) + 1] & ~T_FLAG;
            
            var val2 = arg1;
            var len2 = Array.isArray(val2) ? val2.length : val2.byteLength;
            var ptr2 = realloc0(0, 0, 1, len2 * 1);
            
            let valData2;
            const valLenBytes2 = len2 * 1;
            if (Array.isArray(val2)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv2 = new DataView(memory0.buffer);
              for (const v of val2) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv2.setUint8(ptr2+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData2 = new Uint8Array(val2.buffer || val2, val2.byteOffset, valLenBytes2);
              const out2 = new Uint8Array(memory0.buffer, ptr2, valLenBytes2);
              out2.set(valData2);
            }
            
            _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[method]map-list-scanner.push"][Instruction::CallWasm] enter', {
              funcName: '[method]map-list-scanner.push',
              paramCount: 3,
              async: false,
              postReturn: false,
            });
            
            let ret;
            
            try {
              _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => maps100MethodMapListScannerPush(handle0, ptr2, len2),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[method]map-list-scanner.push"][Instruction::Return]', {
              funcName: '[method]map-list-scanner.push',
              paramCount: 0,
              async: false,
              postReturn: false
            });
            task.resolve([ret]);
            task.exit();
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    let maps100MethodMapListScannerFinish;
    
    MapListScanner.prototype.finish = function finish() {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'maps100MethodMapListScannerFinish',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable1[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"MapListScanner\" resource.');
            }
            var handle0 = handleTable1[(handle1 << 1) + 1] & ~T_FLAG;
            
            _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[method]map-list-scanner.finish"][Instruction::CallWasm] enter', {
              funcName: '[method]map-list-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => maps100MethodMapListScannerFinish(handle0),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant39;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                var ptr2 = dataView(memory0).getUint32(ret + 8, true);
                var len2 = dataView(memory0).getUint32(ret + 12, true);
                if (ptr2 % 8 !== 0) throw new TypeError(`list pointer [${ptr2}] is not aligned to 8`);
                var result2 = new Float64Array(memory0.buffer.slice(ptr2, ptr2 + len2 * 8));
                var ptr3 = dataView(memory0).getUint32(ret + 16, true);
                var len3 = dataView(memory0).getUint32(ret + 20, true);
                if (ptr3 % 4 !== 0) throw new TypeError(`list pointer [${ptr3}] is not aligned to 4`);
                var result3 = new Int32Array(memory0.buffer.slice(ptr3, ptr3 + len3 * 4));
                var ptr4 = dataView(memory0).getUint32(ret + 24, true);
                var len4 = dataView(memory0).getUint32(ret + 28, true);
                var result4 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr4, len4));
                var ptr5 = dataView(memory0).getUint32(ret + 32, true);
                var len5 = dataView(memory0).getUint32(ret + 36, true);
                if (ptr5 % 4 !== 0) throw new TypeError(`list pointer [${ptr5}] is not aligned to 4`);
                var result5 = new Uint32Array(memory0.buffer.slice(ptr5, ptr5 + len5 * 4));
                var ptr6 = dataView(memory0).getUint32(ret + 40, true);
                var len6 = dataView(memory0).getUint32(ret + 44, true);
                if (ptr6 % 4 !== 0) throw new TypeError(`list pointer [${ptr6}] is not aligned to 4`);
                var result6 = new Int32Array(memory0.buffer.slice(ptr6, ptr6 + len6 * 4));
                var ptr7 = dataView(memory0).getUint32(ret + 48, true);
                var len7 = dataView(memory0).getUint32(ret + 52, true);
                var result7 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr7, len7));
                var ptr8 = dataView(memory0).getUint32(ret + 56, true);
                var len8 = dataView(memory0).getUint32(ret + 60, true);
                if (ptr8 % 4 !== 0) throw new TypeError(`list pointer [${ptr8}] is not aligned to 4`);
                var result8 = new Uint32Array(memory0.buffer.slice(ptr8, ptr8 + len8 * 4));
                var ptr9 = dataView(memory0).getUint32(ret + 64, true);
                var len9 = dataView(memory0).getUint32(ret + 68, true);
                if (ptr9 % 8 !== 0) throw new TypeError(`list pointer [${ptr9}] is not aligned to 8`);
                var result9 = new Float64Array(memory0.buffer.slice(ptr9, ptr9 + len9 * 8));
                var ptr10 = dataView(memory0).getUint32(ret + 72, true);
                var len10 = dataView(memory0).getUint32(ret + 76, true);
                if (ptr10 % 8 !== 0) throw new TypeError(`list pointer [${ptr10}] is not aligned to 8`);
                var result10 = new Float64Array(memory0.buffer.slice(ptr10, ptr10 + len10 * 8));
                var ptr11 = dataView(memory0).getUint32(ret + 80, true);
                var len11 = dataView(memory0).getUint32(ret + 84, true);
                if (ptr11 % 8 !== 0) throw new TypeError(`list pointer [${ptr11}] is not aligned to 8`);
                var result11 = new Float64Array(memory0.buffer.slice(ptr11, ptr11 + len11 * 8));
                var ptr12 = dataView(memory0).getUint32(ret + 88, true);
                var len12 = dataView(memory0).getUint32(ret + 92, true);
                if (ptr12 % 8 !== 0) throw new TypeError(`list pointer [${ptr12}] is not aligned to 8`);
                var result12 = new Float64Array(memory0.buffer.slice(ptr12, ptr12 + len12 * 8));
                var ptr13 = dataView(memory0).getUint32(ret + 96, true);
                var len13 = dataView(memory0).getUint32(ret + 100, true);
                if (ptr13 % 8 !== 0) throw new TypeError(`list pointer [${ptr13}] is not aligned to 8`);
                var result13 = new Float64Array(memory0.buffer.slice(ptr13, ptr13 + len13 * 8));
                var ptr14 = dataView(memory0).getUint32(ret + 104, true);
                var len14 = dataView(memory0).getUint32(ret + 108, true);
                if (ptr14 % 8 !== 0) throw new TypeError(`list pointer [${ptr14}] is not aligned to 8`);
                var result14 = new Float64Array(memory0.buffer.slice(ptr14, ptr14 + len14 * 8));
                var ptr15 = dataView(memory0).getUint32(ret + 112, true);
                var len15 = dataView(memory0).getUint32(ret + 116, true);
                if (ptr15 % 8 !== 0) throw new TypeError(`list pointer [${ptr15}] is not aligned to 8`);
                var result15 = new Float64Array(memory0.buffer.slice(ptr15, ptr15 + len15 * 8));
                var ptr16 = dataView(memory0).getUint32(ret + 120, true);
                var len16 = dataView(memory0).getUint32(ret + 124, true);
                if (ptr16 % 8 !== 0) throw new TypeError(`list pointer [${ptr16}] is not aligned to 8`);
                var result16 = new Float64Array(memory0.buffer.slice(ptr16, ptr16 + len16 * 8));
                var ptr17 = dataView(memory0).getUint32(ret + 128, true);
                var len17 = dataView(memory0).getUint32(ret + 132, true);
                if (ptr17 % 4 !== 0) throw new TypeError(`list pointer [${ptr17}] is not aligned to 4`);
                var result17 = new Uint32Array(memory0.buffer.slice(ptr17, ptr17 + len17 * 4));
                var ptr18 = dataView(memory0).getUint32(ret + 136, true);
                var len18 = dataView(memory0).getUint32(ret + 140, true);
                if (ptr18 % 4 !== 0) throw new TypeError(`list pointer [${ptr18}] is not aligned to 4`);
                var result18 = new Uint32Array(memory0.buffer.slice(ptr18, ptr18 + len18 * 4));
                var ptr19 = dataView(memory0).getUint32(ret + 144, true);
                var len19 = dataView(memory0).getUint32(ret + 148, true);
                if (ptr19 % 8 !== 0) throw new TypeError(`list pointer [${ptr19}] is not aligned to 8`);
                var result19 = new Float64Array(memory0.buffer.slice(ptr19, ptr19 + len19 * 8));
                var ptr20 = dataView(memory0).getUint32(ret + 152, true);
                var len20 = dataView(memory0).getUint32(ret + 156, true);
                if (ptr20 % 4 !== 0) throw new TypeError(`list pointer [${ptr20}] is not aligned to 4`);
                var result20 = new Int32Array(memory0.buffer.slice(ptr20, ptr20 + len20 * 4));
                var ptr21 = dataView(memory0).getUint32(ret + 160, true);
                var len21 = dataView(memory0).getUint32(ret + 164, true);
                var result21 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr21, len21));
                var ptr22 = dataView(memory0).getUint32(ret + 168, true);
                var len22 = dataView(memory0).getUint32(ret + 172, true);
                if (ptr22 % 4 !== 0) throw new TypeError(`list pointer [${ptr22}] is not aligned to 4`);
                var result22 = new Uint32Array(memory0.buffer.slice(ptr22, ptr22 + len22 * 4));
                var ptr23 = dataView(memory0).getUint32(ret + 176, true);
                var len23 = dataView(memory0).getUint32(ret + 180, true);
                var result23 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr23, len23));
                var ptr24 = dataView(memory0).getUint32(ret + 184, true);
                var len24 = dataView(memory0).getUint32(ret + 188, true);
                if (ptr24 % 4 !== 0) throw new TypeError(`list pointer [${ptr24}] is not aligned to 4`);
                var result24 = new Uint32Array(memory0.buffer.slice(ptr24, ptr24 + len24 * 4));
                var len28 = dataView(memory0).getUint32(ret + 196, true);
                var base28 = dataView(memory0).getUint32(ret + 192, true);
                if (base28 % 8 !== 0) throw new TypeError(`list pointer [${base28}] is not aligned to 8`);
                var result28 = [];
                for (let i = 0; i < len28; i++) {
                  const base = base28 + i * 32;
                  let enum25;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      enum25 = 'truncated';
                      break;
                    }
                    case 1: {
                      enum25 = 'malformed';
                      break;
                    }
                    case 2: {
                      enum25 = 'skipped-record';
                      break;
                    }
                    case 3: {
                      enum25 = 'repaired';
                      break;
                    }
                    case 4: {
                      enum25 = 'inexact-integer';
                      break;
                    }
                    case 5: {
                      enum25 = 'tool-error';
                      break;
                    }
                    case 6: {
                      enum25 = 'over-limit';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for ProblemCode');
                    }
                  }
                  var ptr26 = dataView(memory0).getUint32(base + 16, true);
                  var len26 = dataView(memory0).getUint32(base + 20, true);
                  var result26 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr26, len26));
                  var ptr27 = dataView(memory0).getUint32(base + 24, true);
                  var len27 = dataView(memory0).getUint32(base + 28, true);
                  var result27 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr27, len27));
                  result28.push({
                    code: enum25,
                    offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 8, true))),
                    path: result26,
                    message: result27,
                  });
                }
                var bool29 = dataView(memory0).getUint8(ret + 200, true);
                variant39= {
                  tag: 'ok',
                  val: {
                    id: result2,
                    mapType: result3,
                    typeNames: {
                      joined: result4,
                      ends: result5,
                    },
                    name: result6,
                    names: {
                      joined: result7,
                      ends: result8,
                    },
                    keySize: result9,
                    valueSize: result10,
                    maxEntries: result11,
                    flags: result12,
                    memlockBytes: result13,
                    btfId: result14,
                    frozen: result15,
                    holders: {
                      object: result16,
                      pidCount: result17,
                      pinCount: result18,
                      pid: result19,
                      comm: result20,
                      comms: {
                        joined: result21,
                        ends: result22,
                      },
                      pins: {
                        joined: result23,
                        ends: result24,
                      },
                    },
                    problems: result28,
                    complete: bool29 == 0 ? false : (bool29 == 1 ? true : throwInvalidBool()),
                  }
                };
                break;
              }
              case 1: {
                let variant38;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr30 = dataView(memory0).getUint32(ret + 24, true);
                    var len30 = dataView(memory0).getUint32(ret + 28, true);
                    var result30 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr30, len30));
                    var ptr31 = dataView(memory0).getUint32(ret + 32, true);
                    var len31 = dataView(memory0).getUint32(ret + 36, true);
                    var result31 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr31, len31));
                    variant38= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result30,
                        message: result31,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr32 = dataView(memory0).getUint32(ret + 24, true);
                    var len32 = dataView(memory0).getUint32(ret + 28, true);
                    var result32 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr32, len32));
                    var ptr33 = dataView(memory0).getUint32(ret + 32, true);
                    var len33 = dataView(memory0).getUint32(ret + 36, true);
                    var result33 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr33, len33));
                    variant38= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result32,
                        message: result33,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr34 = dataView(memory0).getUint32(ret + 24, true);
                    var len34 = dataView(memory0).getUint32(ret + 28, true);
                    var result34 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr34, len34));
                    var ptr35 = dataView(memory0).getUint32(ret + 32, true);
                    var len35 = dataView(memory0).getUint32(ret + 36, true);
                    var result35 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr35, len35));
                    variant38= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result34,
                        message: result35,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr36 = dataView(memory0).getUint32(ret + 24, true);
                    var len36 = dataView(memory0).getUint32(ret + 28, true);
                    var result36 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr36, len36));
                    var ptr37 = dataView(memory0).getUint32(ret + 32, true);
                    var len37 = dataView(memory0).getUint32(ret + 36, true);
                    var result37 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr37, len37));
                    variant38= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result36,
                        message: result37,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant39= {
                  tag: 'err',
                  val: variant38
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/maps@1.0.0", function="[method]map-list-scanner.finish"][Instruction::Return]', {
              funcName: '[method]map-list-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant39;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn0(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    
    const handleTable0 = [T_FLAG, 0];
    handleTable0._createdReps = new Set();
    handleTable0._componentIdx = 0;
    const finalizationRegistry0 = finalizationRegistryCreate((handle) => {
      const { rep } = rscTableRemove(handleTable0, handle);
      exports0['0'](rep);
    });
    
    HANDLE_TABLES[0] = handleTable0;
    let dumps100ConstructorMapDumpScanner;
    
    class MapDumpScanner{
      constructor() {
        
        const hostProvided = false;
        getOrCreateAsyncState(0).throwIfTrapped();
        
        const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
          componentIdx: 0,
          isAsync: false,
          isManualAsync: false,
          preserveFutureResult: false,
          entryFnName: 'dumps100ConstructorMapDumpScanner',
          getCallbackFn: () => null,
          callbackFnName: null,
          errHandling: 'none',
          callingWasmExport: true,
        });
        task.setCalleeIsAsync(false);
        
        const started = task.enterSync();
        CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
        
        if (null!== null) {
          task.setReturnMemoryIdx(null);
          task.setReturnMemory((() => null)());
        }
        
        
        return _withGlobalCurrentTaskMeta({
          taskID: task.id(),
          componentIdx: task.componentIdx(),
          fn: () => {
            try {
              
              _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[constructor]map-dump-scanner"][Instruction::CallWasm] enter', {
                funcName: '[constructor]map-dump-scanner',
                paramCount: 0,
                async: false,
                postReturn: false,
              });
              
              let ret;
              
              try {
                ret =  _withGlobalCurrentTaskMeta({
                  taskID: task.id(),
                  componentIdx: task.componentIdx(),
                  fn: () => dumps100ConstructorMapDumpScanner(),
                });
              } catch (err) {
                
                _debugLog('[Instruction::CallWasm] error during sync call', {
                  taskID: task.id(),
                  err,
                });
                getOrCreateAsyncState(0).markTrapped(err);
                task.setErrored(err);
                task.reject(err);
                task.exit();
                throw err;
                
              }
              
              var handle1 = ret;
              var rsc0 = new.target === MapDumpScanner ? this : Object.create(MapDumpScanner.prototype);
              Object.defineProperty(rsc0, symbolRscHandle, { writable: true, value: handle1});
              finalizationRegistry0.register(rsc0, handle1, rsc0);
              Object.defineProperty(rsc0, symbolDispose, { writable: true, value: function () {
                finalizationRegistry0.unregister(rsc0);
                const handleEntry = rscTableRemove(handleTable0, handle1);
                rsc0[symbolDispose] = emptyFunc;
                rsc0[symbolRscHandle] = undefined;
                exports0['0'](handleEntry.rep);
              }});
              _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[constructor]map-dump-scanner"][Instruction::Return]', {
                funcName: '[constructor]map-dump-scanner',
                paramCount: 1,
                async: false,
                postReturn: false
              });
              task.resolve([rsc0]);
              task.exit();
              return rsc0;
              
            } catch (err) {
              if (!task.isResolvedState()) {
                task.setErrored(err);
                task.reject(err);
              }
              if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
              throw err;
            }
          },
        });
        
      }
    }
    let dumps100MethodMapDumpScannerPush;
    
    MapDumpScanner.prototype.push = function push(arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'dumps100MethodMapDumpScannerPush',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'none',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable0[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"MapDumpScanner\" resource.');
            }
            var handle0 = handleTable0[(handle1 << 1) + 1] & ~T_FLAG;
            
            var val2 = arg1;
            var len2 = Array.isArray(val2) ? val2.length : val2.byteLength;
            var ptr2 = realloc0(0, 0, 1, len2 * 1);
            
            let valData2;
            const valLenBytes2 = len2 * 1;
            if (Array.isArray(val2)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv2 = new DataView(memory0.buffer);
              for (const v of val2) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv2.setUint8(ptr2+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData2 = new Uint8Array(val2.buffer || val2, val2.byteOffset, valLenBytes2);
              const out2 = new Uint8Array(memory0.buffer, ptr2, valLenBytes2);
              out2.set(valData2);
            }
            
            _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[method]map-dump-scanner.push"][Instruction::CallWasm] enter', {
              funcName: '[method]map-dump-scanner.push',
              paramCount: 3,
              async: false,
              postReturn: false,
            });
            
            let ret;
            
            try {
              _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => dumps100MethodMapDumpScannerPush(handle0, ptr2, len2),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[method]map-dump-scanner.push"][Instruction::Return]', {
              funcName: '[method]map-dump-scanner.push',
              paramCount: 0,
              async: false,
              postReturn: false
            });
            task.resolve([ret]);
            task.exit();
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    let dumps100MethodMapDumpScannerFinish;
    
    MapDumpScanner.prototype.finish = function finish() {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'dumps100MethodMapDumpScannerFinish',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable0[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"MapDumpScanner\" resource.');
            }
            var handle0 = handleTable0[(handle1 << 1) + 1] & ~T_FLAG;
            
            _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[method]map-dump-scanner.finish"][Instruction::CallWasm] enter', {
              funcName: '[method]map-dump-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => dumps100MethodMapDumpScannerFinish(handle0),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant35;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                var len21 = dataView(memory0).getUint32(ret + 12, true);
                var base21 = dataView(memory0).getUint32(ret + 8, true);
                if (base21 % 8 !== 0) throw new TypeError(`list pointer [${base21}] is not aligned to 8`);
                var result21 = [];
                for (let i = 0; i < len21; i++) {
                  const base = base21 + i * 176;
                  let variant2;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      variant2 = undefined;
                      break;
                    }
                    case 1: {
                      variant2 = dataView(memory0).getFloat64(base + 8, true);
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant4;
                  switch (dataView(memory0).getUint8(base + 16, true)) {
                    case 0: {
                      variant4 = undefined;
                      break;
                    }
                    case 1: {
                      var ptr3 = dataView(memory0).getUint32(base + 20, true);
                      var len3 = dataView(memory0).getUint32(base + 24, true);
                      var result3 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr3, len3));
                      variant4 = result3;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant6;
                  switch (dataView(memory0).getUint8(base + 28, true)) {
                    case 0: {
                      variant6 = undefined;
                      break;
                    }
                    case 1: {
                      var ptr5 = dataView(memory0).getUint32(base + 32, true);
                      var len5 = dataView(memory0).getUint32(base + 36, true);
                      var result5 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr5, len5));
                      variant6 = result5;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  var bool7 = dataView(memory0).getUint8(base + 56, true);
                  var len9 = dataView(memory0).getUint32(base + 84, true);
                  var base9 = dataView(memory0).getUint32(base + 80, true);
                  if (base9 % 8 !== 0) throw new TypeError(`list pointer [${base9}] is not aligned to 8`);
                  var result9 = [];
                  for (let i = 0; i < len9; i++) {
                    const base = base9 + i * 16;
                    var ptr8 = dataView(memory0).getUint32(base + 0, true);
                    var len8 = dataView(memory0).getUint32(base + 4, true);
                    var result8 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr8, len8));
                    result9.push({
                      message: result8,
                      count: dataView(memory0).getFloat64(base + 8, true),
                    });
                  }
                  let variant10;
                  switch (dataView(memory0).getUint8(base + 104, true)) {
                    case 0: {
                      variant10 = undefined;
                      break;
                    }
                    case 1: {
                      variant10 = dataView(memory0).getInt32(base + 108, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  var ptr11 = dataView(memory0).getUint32(base + 112, true);
                  var len11 = dataView(memory0).getUint32(base + 116, true);
                  if (ptr11 % 8 !== 0) throw new TypeError(`list pointer [${ptr11}] is not aligned to 8`);
                  var result11 = new Float64Array(memory0.buffer.slice(ptr11, ptr11 + len11 * 8));
                  var ptr12 = dataView(memory0).getUint32(base + 120, true);
                  var len12 = dataView(memory0).getUint32(base + 124, true);
                  if (ptr12 % 4 !== 0) throw new TypeError(`list pointer [${ptr12}] is not aligned to 4`);
                  var result12 = new Uint32Array(memory0.buffer.slice(ptr12, ptr12 + len12 * 4));
                  var ptr13 = dataView(memory0).getUint32(base + 128, true);
                  var len13 = dataView(memory0).getUint32(base + 132, true);
                  if (ptr13 % 8 !== 0) throw new TypeError(`list pointer [${ptr13}] is not aligned to 8`);
                  var result13 = new Float64Array(memory0.buffer.slice(ptr13, ptr13 + len13 * 8));
                  var ptr14 = dataView(memory0).getUint32(base + 136, true);
                  var len14 = dataView(memory0).getUint32(base + 140, true);
                  if (ptr14 % 8 !== 0) throw new TypeError(`list pointer [${ptr14}] is not aligned to 8`);
                  var result14 = new Float64Array(memory0.buffer.slice(ptr14, ptr14 + len14 * 8));
                  var ptr15 = dataView(memory0).getUint32(base + 144, true);
                  var len15 = dataView(memory0).getUint32(base + 148, true);
                  if (ptr15 % 8 !== 0) throw new TypeError(`list pointer [${ptr15}] is not aligned to 8`);
                  var result15 = new Float64Array(memory0.buffer.slice(ptr15, ptr15 + len15 * 8));
                  var ptr16 = dataView(memory0).getUint32(base + 152, true);
                  var len16 = dataView(memory0).getUint32(base + 156, true);
                  if (ptr16 % 8 !== 0) throw new TypeError(`list pointer [${ptr16}] is not aligned to 8`);
                  var result16 = new Float64Array(memory0.buffer.slice(ptr16, ptr16 + len16 * 8));
                  var len19 = dataView(memory0).getUint32(base + 164, true);
                  var base19 = dataView(memory0).getUint32(base + 160, true);
                  if (base19 % 8 !== 0) throw new TypeError(`list pointer [${base19}] is not aligned to 8`);
                  var result19 = [];
                  for (let i = 0; i < len19; i++) {
                    const base = base19 + i * 24;
                    var ptr17 = dataView(memory0).getUint32(base + 8, true);
                    var len17 = dataView(memory0).getUint32(base + 12, true);
                    if (ptr17 % 1 !== 0) throw new TypeError(`list pointer [${ptr17}] is not aligned to 1`);
                    var result17 = new Uint8Array(memory0.buffer.slice(ptr17, ptr17 + len17 * 1));
                    var ptr18 = dataView(memory0).getUint32(base + 16, true);
                    var len18 = dataView(memory0).getUint32(base + 20, true);
                    if (ptr18 % 1 !== 0) throw new TypeError(`list pointer [${ptr18}] is not aligned to 1`);
                    var result18 = new Uint8Array(memory0.buffer.slice(ptr18, ptr18 + len18 * 1));
                    result19.push({
                      index: dataView(memory0).getFloat64(base + 0, true),
                      key: result17,
                      value: result18,
                    });
                  }
                  var bool20 = dataView(memory0).getUint8(base + 168, true);
                  result21.push({
                    mapId: variant2,
                    mapType: variant4,
                    name: variant6,
                    elements: dataView(memory0).getFloat64(base + 40, true),
                    distinctKeys: dataView(memory0).getFloat64(base + 48, true),
                    distinctKeysExact: bool7 == 0 ? false : (bool7 == 1 ? true : throwInvalidBool()),
                    nonzeroValues: dataView(memory0).getFloat64(base + 64, true),
                    unreadable: dataView(memory0).getFloat64(base + 72, true),
                    errors: result9,
                    keySize: dataView(memory0).getFloat64(base + 88, true),
                    valueSize: dataView(memory0).getFloat64(base + 96, true),
                    possibleCpus: variant10,
                    innerMapIds: result11,
                    valueU32s: result12,
                    valueLengths: result13,
                    valueLengthCounts: result14,
                    nonzeroByCpu: result15,
                    elementsByCpus: result16,
                    sample: result19,
                    complete: bool20 == 0 ? false : (bool20 == 1 ? true : throwInvalidBool()),
                  });
                }
                var len25 = dataView(memory0).getUint32(ret + 20, true);
                var base25 = dataView(memory0).getUint32(ret + 16, true);
                if (base25 % 8 !== 0) throw new TypeError(`list pointer [${base25}] is not aligned to 8`);
                var result25 = [];
                for (let i = 0; i < len25; i++) {
                  const base = base25 + i * 32;
                  let enum22;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      enum22 = 'truncated';
                      break;
                    }
                    case 1: {
                      enum22 = 'malformed';
                      break;
                    }
                    case 2: {
                      enum22 = 'skipped-record';
                      break;
                    }
                    case 3: {
                      enum22 = 'repaired';
                      break;
                    }
                    case 4: {
                      enum22 = 'inexact-integer';
                      break;
                    }
                    case 5: {
                      enum22 = 'tool-error';
                      break;
                    }
                    case 6: {
                      enum22 = 'over-limit';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for ProblemCode');
                    }
                  }
                  var ptr23 = dataView(memory0).getUint32(base + 16, true);
                  var len23 = dataView(memory0).getUint32(base + 20, true);
                  var result23 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr23, len23));
                  var ptr24 = dataView(memory0).getUint32(base + 24, true);
                  var len24 = dataView(memory0).getUint32(base + 28, true);
                  var result24 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr24, len24));
                  result25.push({
                    code: enum22,
                    offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 8, true))),
                    path: result23,
                    message: result24,
                  });
                }
                variant35= {
                  tag: 'ok',
                  val: {
                    dumps: result21,
                    problems: result25,
                  }
                };
                break;
              }
              case 1: {
                let variant34;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr26 = dataView(memory0).getUint32(ret + 24, true);
                    var len26 = dataView(memory0).getUint32(ret + 28, true);
                    var result26 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr26, len26));
                    var ptr27 = dataView(memory0).getUint32(ret + 32, true);
                    var len27 = dataView(memory0).getUint32(ret + 36, true);
                    var result27 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr27, len27));
                    variant34= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result26,
                        message: result27,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr28 = dataView(memory0).getUint32(ret + 24, true);
                    var len28 = dataView(memory0).getUint32(ret + 28, true);
                    var result28 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr28, len28));
                    var ptr29 = dataView(memory0).getUint32(ret + 32, true);
                    var len29 = dataView(memory0).getUint32(ret + 36, true);
                    var result29 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr29, len29));
                    variant34= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result28,
                        message: result29,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr30 = dataView(memory0).getUint32(ret + 24, true);
                    var len30 = dataView(memory0).getUint32(ret + 28, true);
                    var result30 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr30, len30));
                    var ptr31 = dataView(memory0).getUint32(ret + 32, true);
                    var len31 = dataView(memory0).getUint32(ret + 36, true);
                    var result31 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr31, len31));
                    variant34= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result30,
                        message: result31,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr32 = dataView(memory0).getUint32(ret + 24, true);
                    var len32 = dataView(memory0).getUint32(ret + 28, true);
                    var result32 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr32, len32));
                    var ptr33 = dataView(memory0).getUint32(ret + 32, true);
                    var len33 = dataView(memory0).getUint32(ret + 36, true);
                    var result33 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr33, len33));
                    variant34= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result32,
                        message: result33,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant35= {
                  tag: 'err',
                  val: variant34
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/dumps@1.0.0", function="[method]map-dump-scanner.finish"][Instruction::Return]', {
              funcName: '[method]map-dump-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant35;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn1(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    
    const handleTable2 = [T_FLAG, 0];
    handleTable2._createdReps = new Set();
    handleTable2._componentIdx = 0;
    const finalizationRegistry2 = finalizationRegistryCreate((handle) => {
      const { rep } = rscTableRemove(handleTable2, handle);
      exports0['2'](rep);
    });
    
    HANDLE_TABLES[2] = handleTable2;
    let programs100ConstructorProgramListScanner;
    
    class ProgramListScanner{
      constructor() {
        
        const hostProvided = false;
        getOrCreateAsyncState(0).throwIfTrapped();
        
        const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
          componentIdx: 0,
          isAsync: false,
          isManualAsync: false,
          preserveFutureResult: false,
          entryFnName: 'programs100ConstructorProgramListScanner',
          getCallbackFn: () => null,
          callbackFnName: null,
          errHandling: 'none',
          callingWasmExport: true,
        });
        task.setCalleeIsAsync(false);
        
        const started = task.enterSync();
        CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
        
        if (null!== null) {
          task.setReturnMemoryIdx(null);
          task.setReturnMemory((() => null)());
        }
        
        
        return _withGlobalCurrentTaskMeta({
          taskID: task.id(),
          componentIdx: task.componentIdx(),
          fn: () => {
            try {
              
              _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[constructor]program-list-scanner"][Instruction::CallWasm] enter', {
                funcName: '[constructor]program-list-scanner',
                paramCount: 0,
                async: false,
                postReturn: false,
              });
              
              let ret;
              
              try {
                ret =  _withGlobalCurrentTaskMeta({
                  taskID: task.id(),
                  componentIdx: task.componentIdx(),
                  fn: () => programs100ConstructorProgramListScanner(),
                });
              } catch (err) {
                
                _debugLog('[Instruction::CallWasm] error during sync call', {
                  taskID: task.id(),
                  err,
                });
                getOrCreateAsyncState(0).markTrapped(err);
                task.setErrored(err);
                task.reject(err);
                task.exit();
                throw err;
                
              }
              
              var handle1 = ret;
              var rsc0 = new.target === ProgramListScanner ? this : Object.create(ProgramListScanner.prototype);
              Object.defineProperty(rsc0, symbolRscHandle, { writable: true, value: handle1});
              finalizationRegistry2.register(rsc0, handle1, rsc0);
              Object.defineProperty(rsc0, symbolDispose, { writable: true, value: function () {
                finalizationRegistry2.unregister(rsc0);
                const handleEntry = rscTableRemove(handleTable2, handle1);
                rsc0[symbolDispose] = emptyFunc;
                rsc0[symbolRscHandle] = undefined;
                exports0['2'](handleEntry.rep);
              }});
              _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[constructor]program-list-scanner"][Instruction::Return]', {
                funcName: '[constructor]program-list-scanner',
                paramCount: 1,
                async: false,
                postReturn: false
              });
              task.resolve([rsc0]);
              task.exit();
              return rsc0;
              
            } catch (err) {
              if (!task.isResolvedState()) {
                task.setErrored(err);
                task.reject(err);
              }
              if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
              throw err;
            }
          },
        });
        
      }
    }
    let programs100MethodProgramListScannerPush;
    
    ProgramListScanner.prototype.push = function push(arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'programs100MethodProgramListScannerPush',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'none',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable2[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"ProgramListScanner\" resource.');
            }
            var handle0 = handleTable2[(handle1 << 1) + 1] & ~T_FLAG;
            
            var val2 = arg1;
            var len2 = Array.isArray(val2) ? val2.length : val2.byteLength;
            var ptr2 = realloc0(0, 0, 1, len2 * 1);
            
            let valData2;
            const valLenBytes2 = len2 * 1;
            if (Array.isArray(val2)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv2 = new DataView(memory0.buffer);
              for (const v of val2) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv2.setUint8(ptr2+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData2 = new Uint8Array(val2.buffer || val2, val2.byteOffset, valLenBytes2);
              const out2 = new Uint8Array(memory0.buffer, ptr2, valLenBytes2);
              out2.set(valData2);
            }
            
            _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[method]program-list-scanner.push"][Instruction::CallWasm] enter', {
              funcName: '[method]program-list-scanner.push',
              paramCount: 3,
              async: false,
              postReturn: false,
            });
            
            let ret;
            
            try {
              _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => programs100MethodProgramListScannerPush(handle0, ptr2, len2),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[method]program-list-scanner.push"][Instruction::Return]', {
              funcName: '[method]program-list-scanner.push',
              paramCount: 0,
              async: false,
              postReturn: false
            });
            task.resolve([ret]);
            task.exit();
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    let programs100MethodProgramListScannerFinish;
    
    ProgramListScanner.prototype.finish = function finish() {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'programs100MethodProgramListScannerFinish',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            
            var handle1 = this[symbolRscHandle];
            if (!handle1 || (handleTable2[(handle1 << 1) + 1] & T_FLAG) === 0) {
              throw new TypeError('Resource error: Not a valid \"ProgramListScanner\" resource.');
            }
            var handle0 = handleTable2[(handle1 << 1) + 1] & ~T_FLAG;
            
            _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[method]program-list-scanner.finish"][Instruction::CallWasm] enter', {
              funcName: '[method]program-list-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => programs100MethodProgramListScannerFinish(handle0),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant36;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                var ptr2 = dataView(memory0).getUint32(ret + 8, true);
                var len2 = dataView(memory0).getUint32(ret + 12, true);
                if (ptr2 % 8 !== 0) throw new TypeError(`list pointer [${ptr2}] is not aligned to 8`);
                var result2 = new Float64Array(memory0.buffer.slice(ptr2, ptr2 + len2 * 8));
                var ptr3 = dataView(memory0).getUint32(ret + 16, true);
                var len3 = dataView(memory0).getUint32(ret + 20, true);
                if (ptr3 % 4 !== 0) throw new TypeError(`list pointer [${ptr3}] is not aligned to 4`);
                var result3 = new Int32Array(memory0.buffer.slice(ptr3, ptr3 + len3 * 4));
                var ptr4 = dataView(memory0).getUint32(ret + 24, true);
                var len4 = dataView(memory0).getUint32(ret + 28, true);
                if (ptr4 % 4 !== 0) throw new TypeError(`list pointer [${ptr4}] is not aligned to 4`);
                var result4 = new Int32Array(memory0.buffer.slice(ptr4, ptr4 + len4 * 4));
                var ptr5 = dataView(memory0).getUint32(ret + 32, true);
                var len5 = dataView(memory0).getUint32(ret + 36, true);
                if (ptr5 % 4 !== 0) throw new TypeError(`list pointer [${ptr5}] is not aligned to 4`);
                var result5 = new Int32Array(memory0.buffer.slice(ptr5, ptr5 + len5 * 4));
                var ptr6 = dataView(memory0).getUint32(ret + 40, true);
                var len6 = dataView(memory0).getUint32(ret + 44, true);
                var result6 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr6, len6));
                var ptr7 = dataView(memory0).getUint32(ret + 48, true);
                var len7 = dataView(memory0).getUint32(ret + 52, true);
                if (ptr7 % 4 !== 0) throw new TypeError(`list pointer [${ptr7}] is not aligned to 4`);
                var result7 = new Uint32Array(memory0.buffer.slice(ptr7, ptr7 + len7 * 4));
                var ptr8 = dataView(memory0).getUint32(ret + 56, true);
                var len8 = dataView(memory0).getUint32(ret + 60, true);
                if (ptr8 % 8 !== 0) throw new TypeError(`list pointer [${ptr8}] is not aligned to 8`);
                var result8 = new Float64Array(memory0.buffer.slice(ptr8, ptr8 + len8 * 8));
                var ptr9 = dataView(memory0).getUint32(ret + 64, true);
                var len9 = dataView(memory0).getUint32(ret + 68, true);
                if (ptr9 % 8 !== 0) throw new TypeError(`list pointer [${ptr9}] is not aligned to 8`);
                var result9 = new Float64Array(memory0.buffer.slice(ptr9, ptr9 + len9 * 8));
                var ptr10 = dataView(memory0).getUint32(ret + 72, true);
                var len10 = dataView(memory0).getUint32(ret + 76, true);
                if (ptr10 % 8 !== 0) throw new TypeError(`list pointer [${ptr10}] is not aligned to 8`);
                var result10 = new Float64Array(memory0.buffer.slice(ptr10, ptr10 + len10 * 8));
                var ptr11 = dataView(memory0).getUint32(ret + 80, true);
                var len11 = dataView(memory0).getUint32(ret + 84, true);
                if (ptr11 % 4 !== 0) throw new TypeError(`list pointer [${ptr11}] is not aligned to 4`);
                var result11 = new Uint32Array(memory0.buffer.slice(ptr11, ptr11 + len11 * 4));
                var ptr12 = dataView(memory0).getUint32(ret + 88, true);
                var len12 = dataView(memory0).getUint32(ret + 92, true);
                if (ptr12 % 8 !== 0) throw new TypeError(`list pointer [${ptr12}] is not aligned to 8`);
                var result12 = new Float64Array(memory0.buffer.slice(ptr12, ptr12 + len12 * 8));
                var ptr13 = dataView(memory0).getUint32(ret + 96, true);
                var len13 = dataView(memory0).getUint32(ret + 100, true);
                if (ptr13 % 8 !== 0) throw new TypeError(`list pointer [${ptr13}] is not aligned to 8`);
                var result13 = new Float64Array(memory0.buffer.slice(ptr13, ptr13 + len13 * 8));
                var ptr14 = dataView(memory0).getUint32(ret + 104, true);
                var len14 = dataView(memory0).getUint32(ret + 108, true);
                if (ptr14 % 4 !== 0) throw new TypeError(`list pointer [${ptr14}] is not aligned to 4`);
                var result14 = new Uint32Array(memory0.buffer.slice(ptr14, ptr14 + len14 * 4));
                var ptr15 = dataView(memory0).getUint32(ret + 112, true);
                var len15 = dataView(memory0).getUint32(ret + 116, true);
                if (ptr15 % 4 !== 0) throw new TypeError(`list pointer [${ptr15}] is not aligned to 4`);
                var result15 = new Uint32Array(memory0.buffer.slice(ptr15, ptr15 + len15 * 4));
                var ptr16 = dataView(memory0).getUint32(ret + 120, true);
                var len16 = dataView(memory0).getUint32(ret + 124, true);
                if (ptr16 % 8 !== 0) throw new TypeError(`list pointer [${ptr16}] is not aligned to 8`);
                var result16 = new Float64Array(memory0.buffer.slice(ptr16, ptr16 + len16 * 8));
                var ptr17 = dataView(memory0).getUint32(ret + 128, true);
                var len17 = dataView(memory0).getUint32(ret + 132, true);
                if (ptr17 % 4 !== 0) throw new TypeError(`list pointer [${ptr17}] is not aligned to 4`);
                var result17 = new Int32Array(memory0.buffer.slice(ptr17, ptr17 + len17 * 4));
                var ptr18 = dataView(memory0).getUint32(ret + 136, true);
                var len18 = dataView(memory0).getUint32(ret + 140, true);
                var result18 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr18, len18));
                var ptr19 = dataView(memory0).getUint32(ret + 144, true);
                var len19 = dataView(memory0).getUint32(ret + 148, true);
                if (ptr19 % 4 !== 0) throw new TypeError(`list pointer [${ptr19}] is not aligned to 4`);
                var result19 = new Uint32Array(memory0.buffer.slice(ptr19, ptr19 + len19 * 4));
                var ptr20 = dataView(memory0).getUint32(ret + 152, true);
                var len20 = dataView(memory0).getUint32(ret + 156, true);
                var result20 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr20, len20));
                var ptr21 = dataView(memory0).getUint32(ret + 160, true);
                var len21 = dataView(memory0).getUint32(ret + 164, true);
                if (ptr21 % 4 !== 0) throw new TypeError(`list pointer [${ptr21}] is not aligned to 4`);
                var result21 = new Uint32Array(memory0.buffer.slice(ptr21, ptr21 + len21 * 4));
                var len25 = dataView(memory0).getUint32(ret + 172, true);
                var base25 = dataView(memory0).getUint32(ret + 168, true);
                if (base25 % 8 !== 0) throw new TypeError(`list pointer [${base25}] is not aligned to 8`);
                var result25 = [];
                for (let i = 0; i < len25; i++) {
                  const base = base25 + i * 32;
                  let enum22;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      enum22 = 'truncated';
                      break;
                    }
                    case 1: {
                      enum22 = 'malformed';
                      break;
                    }
                    case 2: {
                      enum22 = 'skipped-record';
                      break;
                    }
                    case 3: {
                      enum22 = 'repaired';
                      break;
                    }
                    case 4: {
                      enum22 = 'inexact-integer';
                      break;
                    }
                    case 5: {
                      enum22 = 'tool-error';
                      break;
                    }
                    case 6: {
                      enum22 = 'over-limit';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for ProblemCode');
                    }
                  }
                  var ptr23 = dataView(memory0).getUint32(base + 16, true);
                  var len23 = dataView(memory0).getUint32(base + 20, true);
                  var result23 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr23, len23));
                  var ptr24 = dataView(memory0).getUint32(base + 24, true);
                  var len24 = dataView(memory0).getUint32(base + 28, true);
                  var result24 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr24, len24));
                  result25.push({
                    code: enum22,
                    offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 8, true))),
                    path: result23,
                    message: result24,
                  });
                }
                var bool26 = dataView(memory0).getUint8(ret + 176, true);
                variant36= {
                  tag: 'ok',
                  val: {
                    id: result2,
                    programType: result3,
                    name: result4,
                    tag: result5,
                    texts: {
                      joined: result6,
                      ends: result7,
                    },
                    bytesXlated: result8,
                    bytesJited: result9,
                    memlockBytes: result10,
                    mapCount: result11,
                    mapIds: result12,
                    holders: {
                      object: result13,
                      pidCount: result14,
                      pinCount: result15,
                      pid: result16,
                      comm: result17,
                      comms: {
                        joined: result18,
                        ends: result19,
                      },
                      pins: {
                        joined: result20,
                        ends: result21,
                      },
                    },
                    problems: result25,
                    complete: bool26 == 0 ? false : (bool26 == 1 ? true : throwInvalidBool()),
                  }
                };
                break;
              }
              case 1: {
                let variant35;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr27 = dataView(memory0).getUint32(ret + 24, true);
                    var len27 = dataView(memory0).getUint32(ret + 28, true);
                    var result27 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr27, len27));
                    var ptr28 = dataView(memory0).getUint32(ret + 32, true);
                    var len28 = dataView(memory0).getUint32(ret + 36, true);
                    var result28 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr28, len28));
                    variant35= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result27,
                        message: result28,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr29 = dataView(memory0).getUint32(ret + 24, true);
                    var len29 = dataView(memory0).getUint32(ret + 28, true);
                    var result29 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr29, len29));
                    var ptr30 = dataView(memory0).getUint32(ret + 32, true);
                    var len30 = dataView(memory0).getUint32(ret + 36, true);
                    var result30 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr30, len30));
                    variant35= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result29,
                        message: result30,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr31 = dataView(memory0).getUint32(ret + 24, true);
                    var len31 = dataView(memory0).getUint32(ret + 28, true);
                    var result31 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr31, len31));
                    var ptr32 = dataView(memory0).getUint32(ret + 32, true);
                    var len32 = dataView(memory0).getUint32(ret + 36, true);
                    var result32 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr32, len32));
                    variant35= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result31,
                        message: result32,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr33 = dataView(memory0).getUint32(ret + 24, true);
                    var len33 = dataView(memory0).getUint32(ret + 28, true);
                    var result33 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr33, len33));
                    var ptr34 = dataView(memory0).getUint32(ret + 32, true);
                    var len34 = dataView(memory0).getUint32(ret + 36, true);
                    var result34 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr34, len34));
                    variant35= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result33,
                        message: result34,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant36= {
                  tag: 'err',
                  val: variant35
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/programs@1.0.0", function="[method]program-list-scanner.finish"][Instruction::Return]', {
              funcName: '[method]program-list-scanner.finish',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant36;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn2(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    };
    let objects100IndexTypes;
    
    function indexTypes(arg0, arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'objects100IndexTypes',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            var val0 = arg0;
            var len0 = Array.isArray(val0) ? val0.length : val0.byteLength;
            var ptr0 = realloc0(0, 0, 1, len0 * 1);
            
            let valData0;
            const valLenBytes0 = len0 * 1;
            if (Array.isArray(val0)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv0 = new DataView(memory0.buffer);
              for (const v of val0) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv0.setUint8(ptr0+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData0 = new Uint8Array(val0.buffer || val0, val0.byteOffset, valLenBytes0);
              const out0 = new Uint8Array(memory0.buffer, ptr0, valLenBytes0);
              out0.set(valData0);
            }
            
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="index-types"][Instruction::CallWasm] enter', {
              funcName: 'index-types',
              paramCount: 3,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => objects100IndexTypes(ptr0, len0, toUint32(arg1)),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant27;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                let variant2;
                switch (dataView(memory0).getUint8(ret + 24, true)) {
                  case 0: {
                    variant2 = undefined;
                    break;
                  }
                  case 1: {
                    var ptr1 = dataView(memory0).getUint32(ret + 28, true);
                    var len1 = dataView(memory0).getUint32(ret + 32, true);
                    if (ptr1 % 1 !== 0) throw new TypeError(`list pointer [${ptr1}] is not aligned to 1`);
                    var result1 = new Uint8Array(memory0.buffer.slice(ptr1, ptr1 + len1 * 1));
                    variant2 = result1;
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for option');
                  }
                }
                var bool3 = dataView(memory0).getUint8(ret + 36, true);
                var ptr4 = dataView(memory0).getUint32(ret + 40, true);
                var len4 = dataView(memory0).getUint32(ret + 44, true);
                if (ptr4 % 4 !== 0) throw new TypeError(`list pointer [${ptr4}] is not aligned to 4`);
                var result4 = new Uint32Array(memory0.buffer.slice(ptr4, ptr4 + len4 * 4));
                var ptr5 = dataView(memory0).getUint32(ret + 60, true);
                var len5 = dataView(memory0).getUint32(ret + 64, true);
                if (ptr5 % 4 !== 0) throw new TypeError(`list pointer [${ptr5}] is not aligned to 4`);
                var result5 = new Uint32Array(memory0.buffer.slice(ptr5, ptr5 + len5 * 4));
                var ptr6 = dataView(memory0).getUint32(ret + 68, true);
                var len6 = dataView(memory0).getUint32(ret + 72, true);
                if (ptr6 % 4 !== 0) throw new TypeError(`list pointer [${ptr6}] is not aligned to 4`);
                var result6 = new Uint32Array(memory0.buffer.slice(ptr6, ptr6 + len6 * 4));
                let variant13;
                switch (dataView(memory0).getUint8(ret + 80, true)) {
                  case 0: {
                    variant13 = undefined;
                    break;
                  }
                  case 1: {
                    let variant8;
                    switch (dataView(memory0).getUint8(ret + 104, true)) {
                      case 0: {
                        variant8 = undefined;
                        break;
                      }
                      case 1: {
                        var ptr7 = dataView(memory0).getUint32(ret + 108, true);
                        var len7 = dataView(memory0).getUint32(ret + 112, true);
                        if (ptr7 % 1 !== 0) throw new TypeError(`list pointer [${ptr7}] is not aligned to 1`);
                        var result7 = new Uint8Array(memory0.buffer.slice(ptr7, ptr7 + len7 * 1));
                        variant8 = result7;
                        break;
                      }
                      default: {
                        throw new TypeError('invalid variant discriminant for option');
                      }
                    }
                    var bool9 = dataView(memory0).getUint8(ret + 116, true);
                    var ptr10 = dataView(memory0).getUint32(ret + 120, true);
                    var len10 = dataView(memory0).getUint32(ret + 124, true);
                    if (ptr10 % 4 !== 0) throw new TypeError(`list pointer [${ptr10}] is not aligned to 4`);
                    var result10 = new Uint32Array(memory0.buffer.slice(ptr10, ptr10 + len10 * 4));
                    var ptr11 = dataView(memory0).getUint32(ret + 140, true);
                    var len11 = dataView(memory0).getUint32(ret + 144, true);
                    if (ptr11 % 4 !== 0) throw new TypeError(`list pointer [${ptr11}] is not aligned to 4`);
                    var result11 = new Uint32Array(memory0.buffer.slice(ptr11, ptr11 + len11 * 4));
                    var ptr12 = dataView(memory0).getUint32(ret + 148, true);
                    var len12 = dataView(memory0).getUint32(ret + 152, true);
                    if (ptr12 % 4 !== 0) throw new TypeError(`list pointer [${ptr12}] is not aligned to 4`);
                    var result12 = new Uint32Array(memory0.buffer.slice(ptr12, ptr12 + len12 * 4));
                    variant13 = {
                      offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 88, true))),
                      length: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 96, true))),
                      inflated: variant8,
                      bigEndian: bool9 == 0 ? false : (bool9 == 1 ? true : throwInvalidBool()),
                      starts: result10,
                      stringsStart: dataView(memory0).getInt32(ret + 128, true) >>> 0,
                      stringsEnd: dataView(memory0).getInt32(ret + 132, true) >>> 0,
                      stringsLength: dataView(memory0).getInt32(ret + 136, true) >>> 0,
                      namePlaces: result11,
                      nameNext: result12,
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for option');
                  }
                }
                var len17 = dataView(memory0).getUint32(ret + 164, true);
                var base17 = dataView(memory0).getUint32(ret + 160, true);
                if (base17 % 8 !== 0) throw new TypeError(`list pointer [${base17}] is not aligned to 8`);
                var result17 = [];
                for (let i = 0; i < len17; i++) {
                  const base = base17 + i * 32;
                  let enum14;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      enum14 = 'truncated';
                      break;
                    }
                    case 1: {
                      enum14 = 'malformed';
                      break;
                    }
                    case 2: {
                      enum14 = 'skipped-record';
                      break;
                    }
                    case 3: {
                      enum14 = 'repaired';
                      break;
                    }
                    case 4: {
                      enum14 = 'inexact-integer';
                      break;
                    }
                    case 5: {
                      enum14 = 'tool-error';
                      break;
                    }
                    case 6: {
                      enum14 = 'over-limit';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for ProblemCode');
                    }
                  }
                  var ptr15 = dataView(memory0).getUint32(base + 16, true);
                  var len15 = dataView(memory0).getUint32(base + 20, true);
                  var result15 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr15, len15));
                  var ptr16 = dataView(memory0).getUint32(base + 24, true);
                  var len16 = dataView(memory0).getUint32(base + 28, true);
                  var result16 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr16, len16));
                  result17.push({
                    code: enum14,
                    offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 8, true))),
                    path: result15,
                    message: result16,
                  });
                }
                variant27= {
                  tag: 'ok',
                  val: {
                    index: {
                      offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 8, true))),
                      length: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                      inflated: variant2,
                      bigEndian: bool3 == 0 ? false : (bool3 == 1 ? true : throwInvalidBool()),
                      starts: result4,
                      stringsStart: dataView(memory0).getInt32(ret + 48, true) >>> 0,
                      stringsEnd: dataView(memory0).getInt32(ret + 52, true) >>> 0,
                      stringsLength: dataView(memory0).getInt32(ret + 56, true) >>> 0,
                      namePlaces: result5,
                      nameNext: result6,
                    },
                    base: variant13,
                    problems: result17,
                  }
                };
                break;
              }
              case 1: {
                let variant26;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr18 = dataView(memory0).getUint32(ret + 24, true);
                    var len18 = dataView(memory0).getUint32(ret + 28, true);
                    var result18 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr18, len18));
                    var ptr19 = dataView(memory0).getUint32(ret + 32, true);
                    var len19 = dataView(memory0).getUint32(ret + 36, true);
                    var result19 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr19, len19));
                    variant26= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result18,
                        message: result19,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr20 = dataView(memory0).getUint32(ret + 24, true);
                    var len20 = dataView(memory0).getUint32(ret + 28, true);
                    var result20 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr20, len20));
                    var ptr21 = dataView(memory0).getUint32(ret + 32, true);
                    var len21 = dataView(memory0).getUint32(ret + 36, true);
                    var result21 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr21, len21));
                    variant26= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result20,
                        message: result21,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr22 = dataView(memory0).getUint32(ret + 24, true);
                    var len22 = dataView(memory0).getUint32(ret + 28, true);
                    var result22 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr22, len22));
                    var ptr23 = dataView(memory0).getUint32(ret + 32, true);
                    var len23 = dataView(memory0).getUint32(ret + 36, true);
                    var result23 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr23, len23));
                    variant26= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result22,
                        message: result23,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr24 = dataView(memory0).getUint32(ret + 24, true);
                    var len24 = dataView(memory0).getUint32(ret + 28, true);
                    var result24 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr24, len24));
                    var ptr25 = dataView(memory0).getUint32(ret + 32, true);
                    var len25 = dataView(memory0).getUint32(ret + 36, true);
                    var result25 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr25, len25));
                    variant26= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result24,
                        message: result25,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant27= {
                  tag: 'err',
                  val: variant26
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="index-types"][Instruction::Return]', {
              funcName: 'index-types',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant27;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn3(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    }
    let objects100ParseObject;
    
    function parseObject(arg0, arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'objects100ParseObject',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            var val0 = arg0;
            var len0 = Array.isArray(val0) ? val0.length : val0.byteLength;
            var ptr0 = realloc0(0, 0, 1, len0 * 1);
            
            let valData0;
            const valLenBytes0 = len0 * 1;
            if (Array.isArray(val0)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv0 = new DataView(memory0.buffer);
              for (const v of val0) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv0.setUint8(ptr0+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData0 = new Uint8Array(val0.buffer || val0, val0.byteOffset, valLenBytes0);
              const out0 = new Uint8Array(memory0.buffer, ptr0, valLenBytes0);
              out0.set(valData0);
            }
            
            
            var encodeRes = _utf8AllocateAndEncode(arg1, realloc0, memory0);
            var ptr1= encodeRes.ptr;
            var len1 = encodeRes.len;
            
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="parse-object"][Instruction::CallWasm] enter', {
              funcName: 'parse-object',
              paramCount: 4,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => objects100ParseObject(ptr0, len0, ptr1, len1),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant74;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                let enum2;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    enum2 = 'elf';
                    break;
                  }
                  case 1: {
                    enum2 = 'btf';
                    break;
                  }
                  default: {
                    throw new TypeError('invalid discriminant specified for Format');
                  }
                }
                var bool3 = dataView(memory0).getUint8(ret + 9, true);
                let variant5;
                switch (dataView(memory0).getUint8(ret + 12, true)) {
                  case 0: {
                    variant5 = undefined;
                    break;
                  }
                  case 1: {
                    var ptr4 = dataView(memory0).getUint32(ret + 16, true);
                    var len4 = dataView(memory0).getUint32(ret + 20, true);
                    var result4 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr4, len4));
                    variant5 = result4;
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for option');
                  }
                }
                var len30 = dataView(memory0).getUint32(ret + 28, true);
                var base30 = dataView(memory0).getUint32(ret + 24, true);
                if (base30 % 8 !== 0) throw new TypeError(`list pointer [${base30}] is not aligned to 8`);
                var result30 = [];
                for (let i = 0; i < len30; i++) {
                  const base = base30 + i * 232;
                  var ptr6 = dataView(memory0).getUint32(base + 0, true);
                  var len6 = dataView(memory0).getUint32(base + 4, true);
                  var result6 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr6, len6));
                  var ptr7 = dataView(memory0).getUint32(base + 8, true);
                  var len7 = dataView(memory0).getUint32(base + 12, true);
                  var result7 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr7, len7));
                  var ptr8 = dataView(memory0).getUint32(base + 16, true);
                  var len8 = dataView(memory0).getUint32(base + 20, true);
                  var result8 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr8, len8));
                  let enum9;
                  switch (dataView(memory0).getUint8(base + 24, true)) {
                    case 0: {
                      enum9 = 'btf';
                      break;
                    }
                    case 1: {
                      enum9 = 'legacy';
                      break;
                    }
                    case 2: {
                      enum9 = 'data-section';
                      break;
                    }
                    case 3: {
                      enum9 = 'kconfig';
                      break;
                    }
                    case 4: {
                      enum9 = 'struct-ops';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for Origin');
                    }
                  }
                  let variant10;
                  switch (dataView(memory0).getUint8(base + 36, true)) {
                    case 0: {
                      variant10 = undefined;
                      break;
                    }
                    case 1: {
                      variant10 = dataView(memory0).getInt32(base + 40, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant11;
                  switch (dataView(memory0).getUint8(base + 44, true)) {
                    case 0: {
                      variant11 = undefined;
                      break;
                    }
                    case 1: {
                      variant11 = dataView(memory0).getInt32(base + 48, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant12;
                  switch (dataView(memory0).getUint8(base + 72, true)) {
                    case 0: {
                      variant12 = undefined;
                      break;
                    }
                    case 1: {
                      variant12 = dataView(memory0).getInt32(base + 76, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant13;
                  switch (dataView(memory0).getUint8(base + 80, true)) {
                    case 0: {
                      variant13 = undefined;
                      break;
                    }
                    case 1: {
                      variant13 = dataView(memory0).getInt32(base + 84, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant14;
                  switch (dataView(memory0).getUint8(base + 88, true)) {
                    case 0: {
                      variant14 = undefined;
                      break;
                    }
                    case 1: {
                      variant14 = dataView(memory0).getInt32(base + 92, true) >>> 0;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  let variant20;
                  switch (dataView(memory0).getUint8(base + 96, true)) {
                    case 0: {
                      variant20 = undefined;
                      break;
                    }
                    case 1: {
                      let variant15;
                      switch (dataView(memory0).getUint8(base + 108, true)) {
                        case 0: {
                          variant15 = undefined;
                          break;
                        }
                        case 1: {
                          variant15 = dataView(memory0).getInt32(base + 112, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      let variant16;
                      switch (dataView(memory0).getUint8(base + 116, true)) {
                        case 0: {
                          variant16 = undefined;
                          break;
                        }
                        case 1: {
                          variant16 = dataView(memory0).getInt32(base + 120, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      let variant17;
                      switch (dataView(memory0).getUint8(base + 144, true)) {
                        case 0: {
                          variant17 = undefined;
                          break;
                        }
                        case 1: {
                          variant17 = dataView(memory0).getInt32(base + 148, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      let variant18;
                      switch (dataView(memory0).getUint8(base + 152, true)) {
                        case 0: {
                          variant18 = undefined;
                          break;
                        }
                        case 1: {
                          variant18 = dataView(memory0).getInt32(base + 156, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      let variant19;
                      switch (dataView(memory0).getUint8(base + 160, true)) {
                        case 0: {
                          variant19 = undefined;
                          break;
                        }
                        case 1: {
                          variant19 = dataView(memory0).getInt32(base + 164, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      variant20 = {
                        mapType: dataView(memory0).getInt32(base + 104, true) >>> 0,
                        keySize: variant15,
                        valueSize: variant16,
                        maxEntries: dataView(memory0).getInt32(base + 124, true) >>> 0,
                        flags: dataView(memory0).getInt32(base + 128, true) >>> 0,
                        mapExtra: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 136, true))),
                        numaNode: variant17,
                        keyType: variant18,
                        valueType: variant19,
                      };
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  var len23 = dataView(memory0).getUint32(base + 180, true);
                  var base23 = dataView(memory0).getUint32(base + 176, true);
                  if (base23 % 4 !== 0) throw new TypeError(`list pointer [${base23}] is not aligned to 4`);
                  var result23 = [];
                  for (let i = 0; i < len23; i++) {
                    const base = base23 + i * 16;
                    var ptr21 = dataView(memory0).getUint32(base + 4, true);
                    var len21 = dataView(memory0).getUint32(base + 8, true);
                    var result21 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr21, len21));
                    var bool22 = dataView(memory0).getUint8(base + 12, true);
                    result23.push({
                      index: dataView(memory0).getInt32(base + 0, true) >>> 0,
                      name: result21,
                      isProgram: bool22 == 0 ? false : (bool22 == 1 ? true : throwInvalidBool()),
                    });
                  }
                  let variant26;
                  switch (dataView(memory0).getUint8(base + 184, true)) {
                    case 0: {
                      variant26 = undefined;
                      break;
                    }
                    case 1: {
                      var ptr24 = dataView(memory0).getUint32(base + 188, true);
                      var len24 = dataView(memory0).getUint32(base + 192, true);
                      var result24 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr24, len24));
                      let variant25;
                      switch (dataView(memory0).getUint8(base + 208, true)) {
                        case 0: {
                          variant25 = undefined;
                          break;
                        }
                        case 1: {
                          variant25 = dataView(memory0).getInt32(base + 212, true) >>> 0;
                          break;
                        }
                        default: {
                          throw new TypeError('invalid variant discriminant for option');
                        }
                      }
                      variant26 = {
                        name: result24,
                        size: dataView(memory0).getInt32(base + 196, true) >>> 0,
                        members: dataView(memory0).getInt32(base + 200, true) >>> 0,
                        functions: dataView(memory0).getInt32(base + 204, true) >>> 0,
                        valueMembers: variant25,
                      };
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  var bool27 = dataView(memory0).getUint8(base + 216, true);
                  let variant29;
                  switch (dataView(memory0).getUint8(base + 220, true)) {
                    case 0: {
                      variant29 = undefined;
                      break;
                    }
                    case 1: {
                      var ptr28 = dataView(memory0).getUint32(base + 224, true);
                      var len28 = dataView(memory0).getUint32(base + 228, true);
                      var result28 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr28, len28));
                      variant29 = result28;
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  result30.push({
                    name: result6,
                    kernelName: result7,
                    section: result8,
                    origin: enum9,
                    definition: {
                      mapType: dataView(memory0).getInt32(base + 32, true) >>> 0,
                      keySize: variant10,
                      valueSize: variant11,
                      maxEntries: dataView(memory0).getInt32(base + 52, true) >>> 0,
                      flags: dataView(memory0).getInt32(base + 56, true) >>> 0,
                      mapExtra: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 64, true))),
                      numaNode: variant12,
                      keyType: variant13,
                      valueType: variant14,
                    },
                    inner: variant20,
                    optionalFlags: dataView(memory0).getInt32(base + 168, true) >>> 0,
                    pinning: dataView(memory0).getInt32(base + 172, true) >>> 0,
                    slots: result23,
                    structOps: variant26,
                    isCreated: bool27 == 0 ? false : (bool27 == 1 ? true : throwInvalidBool()),
                    refusal: variant29,
                  });
                }
                var len38 = dataView(memory0).getUint32(ret + 36, true);
                var base38 = dataView(memory0).getUint32(ret + 32, true);
                if (base38 % 4 !== 0) throw new TypeError(`list pointer [${base38}] is not aligned to 4`);
                var result38 = [];
                for (let i = 0; i < len38; i++) {
                  const base = base38 + i * 60;
                  var ptr31 = dataView(memory0).getUint32(base + 0, true);
                  var len31 = dataView(memory0).getUint32(base + 4, true);
                  var result31 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr31, len31));
                  var ptr32 = dataView(memory0).getUint32(base + 8, true);
                  var len32 = dataView(memory0).getUint32(base + 12, true);
                  var result32 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr32, len32));
                  var ptr33 = dataView(memory0).getUint32(base + 16, true);
                  var len33 = dataView(memory0).getUint32(base + 20, true);
                  var result33 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr33, len33));
                  var ptr34 = dataView(memory0).getUint32(base + 32, true);
                  var len34 = dataView(memory0).getUint32(base + 36, true);
                  if (ptr34 % 4 !== 0) throw new TypeError(`list pointer [${ptr34}] is not aligned to 4`);
                  var result34 = new Uint32Array(memory0.buffer.slice(ptr34, ptr34 + len34 * 4));
                  var bool35 = dataView(memory0).getUint8(base + 40, true);
                  let variant37;
                  switch (dataView(memory0).getUint8(base + 44, true)) {
                    case 0: {
                      variant37 = undefined;
                      break;
                    }
                    case 1: {
                      var ptr36 = dataView(memory0).getUint32(base + 48, true);
                      var len36 = dataView(memory0).getUint32(base + 52, true);
                      var result36 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr36, len36));
                      variant37 = {
                        file: result36,
                        line: dataView(memory0).getInt32(base + 56, true) >>> 0,
                      };
                      break;
                    }
                    default: {
                      throw new TypeError('invalid variant discriminant for option');
                    }
                  }
                  result38.push({
                    name: result31,
                    section: result32,
                    programType: result33,
                    instructions: dataView(memory0).getInt32(base + 24, true) >>> 0,
                    loadedInstructions: dataView(memory0).getInt32(base + 28, true) >>> 0,
                    maps: result34,
                    isLoaded: bool35 == 0 ? false : (bool35 == 1 ? true : throwInvalidBool()),
                    source: variant37,
                  });
                }
                let variant45;
                switch (dataView(memory0).getUint8(ret + 40, true)) {
                  case 0: {
                    variant45 = undefined;
                    break;
                  }
                  case 1: {
                    let variant40;
                    switch (dataView(memory0).getUint8(ret + 64, true)) {
                      case 0: {
                        variant40 = undefined;
                        break;
                      }
                      case 1: {
                        var ptr39 = dataView(memory0).getUint32(ret + 68, true);
                        var len39 = dataView(memory0).getUint32(ret + 72, true);
                        if (ptr39 % 1 !== 0) throw new TypeError(`list pointer [${ptr39}] is not aligned to 1`);
                        var result39 = new Uint8Array(memory0.buffer.slice(ptr39, ptr39 + len39 * 1));
                        variant40 = result39;
                        break;
                      }
                      default: {
                        throw new TypeError('invalid variant discriminant for option');
                      }
                    }
                    var bool41 = dataView(memory0).getUint8(ret + 76, true);
                    var ptr42 = dataView(memory0).getUint32(ret + 80, true);
                    var len42 = dataView(memory0).getUint32(ret + 84, true);
                    if (ptr42 % 4 !== 0) throw new TypeError(`list pointer [${ptr42}] is not aligned to 4`);
                    var result42 = new Uint32Array(memory0.buffer.slice(ptr42, ptr42 + len42 * 4));
                    var ptr43 = dataView(memory0).getUint32(ret + 100, true);
                    var len43 = dataView(memory0).getUint32(ret + 104, true);
                    if (ptr43 % 4 !== 0) throw new TypeError(`list pointer [${ptr43}] is not aligned to 4`);
                    var result43 = new Uint32Array(memory0.buffer.slice(ptr43, ptr43 + len43 * 4));
                    var ptr44 = dataView(memory0).getUint32(ret + 108, true);
                    var len44 = dataView(memory0).getUint32(ret + 112, true);
                    if (ptr44 % 4 !== 0) throw new TypeError(`list pointer [${ptr44}] is not aligned to 4`);
                    var result44 = new Uint32Array(memory0.buffer.slice(ptr44, ptr44 + len44 * 4));
                    variant45 = {
                      offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 48, true))),
                      length: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 56, true))),
                      inflated: variant40,
                      bigEndian: bool41 == 0 ? false : (bool41 == 1 ? true : throwInvalidBool()),
                      starts: result42,
                      stringsStart: dataView(memory0).getInt32(ret + 88, true) >>> 0,
                      stringsEnd: dataView(memory0).getInt32(ret + 92, true) >>> 0,
                      stringsLength: dataView(memory0).getInt32(ret + 96, true) >>> 0,
                      namePlaces: result43,
                      nameNext: result44,
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for option');
                  }
                }
                let variant60;
                switch (dataView(memory0).getUint8(ret + 120, true)) {
                  case 0: {
                    variant60 = undefined;
                    break;
                  }
                  case 1: {
                    var ptr46 = dataView(memory0).getUint32(ret + 124, true);
                    var len46 = dataView(memory0).getUint32(ret + 128, true);
                    if (ptr46 % 4 !== 0) throw new TypeError(`list pointer [${ptr46}] is not aligned to 4`);
                    var result46 = new Uint32Array(memory0.buffer.slice(ptr46, ptr46 + len46 * 4));
                    var ptr47 = dataView(memory0).getUint32(ret + 132, true);
                    var len47 = dataView(memory0).getUint32(ret + 136, true);
                    if (ptr47 % 4 !== 0) throw new TypeError(`list pointer [${ptr47}] is not aligned to 4`);
                    var result47 = new Uint32Array(memory0.buffer.slice(ptr47, ptr47 + len47 * 4));
                    var ptr48 = dataView(memory0).getUint32(ret + 140, true);
                    var len48 = dataView(memory0).getUint32(ret + 144, true);
                    if (ptr48 % 4 !== 0) throw new TypeError(`list pointer [${ptr48}] is not aligned to 4`);
                    var result48 = new Uint32Array(memory0.buffer.slice(ptr48, ptr48 + len48 * 4));
                    var ptr49 = dataView(memory0).getUint32(ret + 148, true);
                    var len49 = dataView(memory0).getUint32(ret + 152, true);
                    if (ptr49 % 4 !== 0) throw new TypeError(`list pointer [${ptr49}] is not aligned to 4`);
                    var result49 = new Uint32Array(memory0.buffer.slice(ptr49, ptr49 + len49 * 4));
                    var ptr50 = dataView(memory0).getUint32(ret + 156, true);
                    var len50 = dataView(memory0).getUint32(ret + 160, true);
                    if (ptr50 % 4 !== 0) throw new TypeError(`list pointer [${ptr50}] is not aligned to 4`);
                    var result50 = new Uint32Array(memory0.buffer.slice(ptr50, ptr50 + len50 * 4));
                    var ptr51 = dataView(memory0).getUint32(ret + 164, true);
                    var len51 = dataView(memory0).getUint32(ret + 168, true);
                    if (ptr51 % 4 !== 0) throw new TypeError(`list pointer [${ptr51}] is not aligned to 4`);
                    var result51 = new Uint32Array(memory0.buffer.slice(ptr51, ptr51 + len51 * 4));
                    var ptr52 = dataView(memory0).getUint32(ret + 172, true);
                    var len52 = dataView(memory0).getUint32(ret + 176, true);
                    if (ptr52 % 4 !== 0) throw new TypeError(`list pointer [${ptr52}] is not aligned to 4`);
                    var result52 = new Uint32Array(memory0.buffer.slice(ptr52, ptr52 + len52 * 4));
                    var ptr53 = dataView(memory0).getUint32(ret + 180, true);
                    var len53 = dataView(memory0).getUint32(ret + 184, true);
                    if (ptr53 % 4 !== 0) throw new TypeError(`list pointer [${ptr53}] is not aligned to 4`);
                    var result53 = new Uint32Array(memory0.buffer.slice(ptr53, ptr53 + len53 * 4));
                    var ptr54 = dataView(memory0).getUint32(ret + 188, true);
                    var len54 = dataView(memory0).getUint32(ret + 192, true);
                    if (ptr54 % 4 !== 0) throw new TypeError(`list pointer [${ptr54}] is not aligned to 4`);
                    var result54 = new Uint32Array(memory0.buffer.slice(ptr54, ptr54 + len54 * 4));
                    var ptr55 = dataView(memory0).getUint32(ret + 196, true);
                    var len55 = dataView(memory0).getUint32(ret + 200, true);
                    if (ptr55 % 4 !== 0) throw new TypeError(`list pointer [${ptr55}] is not aligned to 4`);
                    var result55 = new Uint32Array(memory0.buffer.slice(ptr55, ptr55 + len55 * 4));
                    var ptr56 = dataView(memory0).getUint32(ret + 204, true);
                    var len56 = dataView(memory0).getUint32(ret + 208, true);
                    if (ptr56 % 4 !== 0) throw new TypeError(`list pointer [${ptr56}] is not aligned to 4`);
                    var result56 = new Uint32Array(memory0.buffer.slice(ptr56, ptr56 + len56 * 4));
                    var ptr57 = dataView(memory0).getUint32(ret + 212, true);
                    var len57 = dataView(memory0).getUint32(ret + 216, true);
                    if (ptr57 % 4 !== 0) throw new TypeError(`list pointer [${ptr57}] is not aligned to 4`);
                    var result57 = new Uint32Array(memory0.buffer.slice(ptr57, ptr57 + len57 * 4));
                    var ptr58 = dataView(memory0).getUint32(ret + 220, true);
                    var len58 = dataView(memory0).getUint32(ret + 224, true);
                    if (ptr58 % 4 !== 0) throw new TypeError(`list pointer [${ptr58}] is not aligned to 4`);
                    var result58 = new Uint32Array(memory0.buffer.slice(ptr58, ptr58 + len58 * 4));
                    var ptr59 = dataView(memory0).getUint32(ret + 228, true);
                    var len59 = dataView(memory0).getUint32(ret + 232, true);
                    if (ptr59 % 4 !== 0) throw new TypeError(`list pointer [${ptr59}] is not aligned to 4`);
                    var result59 = new Uint32Array(memory0.buffer.slice(ptr59, ptr59 + len59 * 4));
                    variant60 = {
                      functionSection: result46,
                      functionOffset: result47,
                      functionType: result48,
                      lineSection: result49,
                      lineOffset: result50,
                      lineFile: result51,
                      lineText: result52,
                      lineNumber: result53,
                      lineColumn: result54,
                      coreSection: result55,
                      coreOffset: result56,
                      coreType: result57,
                      coreAccess: result58,
                      coreKind: result59,
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for option');
                  }
                }
                var len64 = dataView(memory0).getUint32(ret + 240, true);
                var base64 = dataView(memory0).getUint32(ret + 236, true);
                if (base64 % 8 !== 0) throw new TypeError(`list pointer [${base64}] is not aligned to 8`);
                var result64 = [];
                for (let i = 0; i < len64; i++) {
                  const base = base64 + i * 32;
                  let enum61;
                  switch (dataView(memory0).getUint8(base + 0, true)) {
                    case 0: {
                      enum61 = 'truncated';
                      break;
                    }
                    case 1: {
                      enum61 = 'malformed';
                      break;
                    }
                    case 2: {
                      enum61 = 'skipped-record';
                      break;
                    }
                    case 3: {
                      enum61 = 'repaired';
                      break;
                    }
                    case 4: {
                      enum61 = 'inexact-integer';
                      break;
                    }
                    case 5: {
                      enum61 = 'tool-error';
                      break;
                    }
                    case 6: {
                      enum61 = 'over-limit';
                      break;
                    }
                    default: {
                      throw new TypeError('invalid discriminant specified for ProblemCode');
                    }
                  }
                  var ptr62 = dataView(memory0).getUint32(base + 16, true);
                  var len62 = dataView(memory0).getUint32(base + 20, true);
                  var result62 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr62, len62));
                  var ptr63 = dataView(memory0).getUint32(base + 24, true);
                  var len63 = dataView(memory0).getUint32(base + 28, true);
                  var result63 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr63, len63));
                  result64.push({
                    code: enum61,
                    offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(base + 8, true))),
                    path: result62,
                    message: result63,
                  });
                }
                variant74= {
                  tag: 'ok',
                  val: {
                    format: enum2,
                    bigEndian: bool3 == 0 ? false : (bool3 == 1 ? true : throwInvalidBool()),
                    license: variant5,
                    maps: result30,
                    programs: result38,
                    types: variant45,
                    ext: variant60,
                    problems: result64,
                  }
                };
                break;
              }
              case 1: {
                let variant73;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr65 = dataView(memory0).getUint32(ret + 24, true);
                    var len65 = dataView(memory0).getUint32(ret + 28, true);
                    var result65 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr65, len65));
                    var ptr66 = dataView(memory0).getUint32(ret + 32, true);
                    var len66 = dataView(memory0).getUint32(ret + 36, true);
                    var result66 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr66, len66));
                    variant73= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result65,
                        message: result66,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr67 = dataView(memory0).getUint32(ret + 24, true);
                    var len67 = dataView(memory0).getUint32(ret + 28, true);
                    var result67 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr67, len67));
                    var ptr68 = dataView(memory0).getUint32(ret + 32, true);
                    var len68 = dataView(memory0).getUint32(ret + 36, true);
                    var result68 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr68, len68));
                    variant73= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result67,
                        message: result68,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr69 = dataView(memory0).getUint32(ret + 24, true);
                    var len69 = dataView(memory0).getUint32(ret + 28, true);
                    var result69 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr69, len69));
                    var ptr70 = dataView(memory0).getUint32(ret + 32, true);
                    var len70 = dataView(memory0).getUint32(ret + 36, true);
                    var result70 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr70, len70));
                    variant73= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result69,
                        message: result70,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr71 = dataView(memory0).getUint32(ret + 24, true);
                    var len71 = dataView(memory0).getUint32(ret + 28, true);
                    var result71 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr71, len71));
                    var ptr72 = dataView(memory0).getUint32(ret + 32, true);
                    var len72 = dataView(memory0).getUint32(ret + 36, true);
                    var result72 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr72, len72));
                    variant73= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result71,
                        message: result72,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant74= {
                  tag: 'err',
                  val: variant73
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="parse-object"][Instruction::Return]', {
              funcName: 'parse-object',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant74;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn4(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    }
    let objects100StructSizes;
    
    function structSizes(arg0, arg1) {
      
      const hostProvided = false;
      getOrCreateAsyncState(0).throwIfTrapped();
      
      const [task, _wasm_call_currentTaskID] = createNewCurrentTask({
        componentIdx: 0,
        isAsync: false,
        isManualAsync: false,
        preserveFutureResult: false,
        entryFnName: 'objects100StructSizes',
        getCallbackFn: () => null,
        callbackFnName: null,
        errHandling: 'throw-result-err',
        callingWasmExport: true,
      });
      task.setCalleeIsAsync(false);
      
      const started = task.enterSync();
      CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
      
      if (0!== null) {
        task.setReturnMemoryIdx(0);
        task.setReturnMemory((() => memory0)());
      }
      
      
      return _withGlobalCurrentTaskMeta({
        taskID: task.id(),
        componentIdx: task.componentIdx(),
        fn: () => {
          try {
            
            var val0 = arg0;
            var len0 = Array.isArray(val0) ? val0.length : val0.byteLength;
            var ptr0 = realloc0(0, 0, 1, len0 * 1);
            
            let valData0;
            const valLenBytes0 = len0 * 1;
            if (Array.isArray(val0)) {
              // Regular array likely containing numbers, write values to memory
              let offset = 0;
              const dv0 = new DataView(memory0.buffer);
              for (const v of val0) {
                _requireValidNumericPrimitive.bind(null, 'u8')(v);
                dv0.setUint8(ptr0+ offset, v, true);
                offset += 1;
              }
            } else {
              // TypedArray / ArrayBuffer-like, direct copy
              valData0 = new Uint8Array(val0.buffer || val0, val0.byteOffset, valLenBytes0);
              const out0 = new Uint8Array(memory0.buffer, ptr0, valLenBytes0);
              out0.set(valData0);
            }
            
            var vec2 = arg1;
            var len2 = vec2.length;
            var result2 = realloc0(0, 0, 4, len2 * 8);
            for (let i = 0; i < vec2.length; i++) {
              const e = vec2[i];
              const base = result2 + i * 8;
              var encodeRes = _utf8AllocateAndEncode(e, realloc0, memory0);
              var ptr1= encodeRes.ptr;
              var len1 = encodeRes.len;
              
              dataView(memory0).setUint32(base + 4, len1, true);
              dataView(memory0).setUint32(base + 0, ptr1, true);
            }
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="struct-sizes"][Instruction::CallWasm] enter', {
              funcName: 'struct-sizes',
              paramCount: 4,
              async: false,
              postReturn: true,
            });
            
            let ret;
            
            try {
              ret =  _withGlobalCurrentTaskMeta({
                taskID: task.id(),
                componentIdx: task.componentIdx(),
                fn: () => objects100StructSizes(ptr0, len0, result2, len2),
              });
            } catch (err) {
              
              _debugLog('[Instruction::CallWasm] error during sync call', {
                taskID: task.id(),
                err,
              });
              getOrCreateAsyncState(0).markTrapped(err);
              task.setErrored(err);
              task.reject(err);
              task.exit();
              throw err;
              
            }
            
            let variant13;
            switch (dataView(memory0).getUint8(ret + 0, true)) {
              case 0: {
                var ptr3 = dataView(memory0).getUint32(ret + 8, true);
                var len3 = dataView(memory0).getUint32(ret + 12, true);
                if (ptr3 % 8 !== 0) throw new TypeError(`list pointer [${ptr3}] is not aligned to 8`);
                var result3 = new Float64Array(memory0.buffer.slice(ptr3, ptr3 + len3 * 8));
                variant13= {
                  tag: 'ok',
                  val: result3
                };
                break;
              }
              case 1: {
                let variant12;
                switch (dataView(memory0).getUint8(ret + 8, true)) {
                  case 0: {
                    var ptr4 = dataView(memory0).getUint32(ret + 24, true);
                    var len4 = dataView(memory0).getUint32(ret + 28, true);
                    var result4 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr4, len4));
                    var ptr5 = dataView(memory0).getUint32(ret + 32, true);
                    var len5 = dataView(memory0).getUint32(ret + 36, true);
                    var result5 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr5, len5));
                    variant12= {
                      tag: 'wrong-format',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result4,
                        message: result5,
                      }
                    };
                    break;
                  }
                  case 1: {
                    var ptr6 = dataView(memory0).getUint32(ret + 24, true);
                    var len6 = dataView(memory0).getUint32(ret + 28, true);
                    var result6 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr6, len6));
                    var ptr7 = dataView(memory0).getUint32(ret + 32, true);
                    var len7 = dataView(memory0).getUint32(ret + 36, true);
                    var result7 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr7, len7));
                    variant12= {
                      tag: 'truncated',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result6,
                        message: result7,
                      }
                    };
                    break;
                  }
                  case 2: {
                    var ptr8 = dataView(memory0).getUint32(ret + 24, true);
                    var len8 = dataView(memory0).getUint32(ret + 28, true);
                    var result8 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr8, len8));
                    var ptr9 = dataView(memory0).getUint32(ret + 32, true);
                    var len9 = dataView(memory0).getUint32(ret + 36, true);
                    var result9 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr9, len9));
                    variant12= {
                      tag: 'malformed',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result8,
                        message: result9,
                      }
                    };
                    break;
                  }
                  case 3: {
                    var ptr10 = dataView(memory0).getUint32(ret + 24, true);
                    var len10 = dataView(memory0).getUint32(ret + 28, true);
                    var result10 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr10, len10));
                    var ptr11 = dataView(memory0).getUint32(ret + 32, true);
                    var len11 = dataView(memory0).getUint32(ret + 36, true);
                    var result11 = TEXT_DECODER_UTF8.decode(new Uint8Array(memory0.buffer, ptr11, len11));
                    variant12= {
                      tag: 'over-limit',
                      val: {
                        offset: BigInt.asUintN(64, BigInt(dataView(memory0).getBigInt64(ret + 16, true))),
                        path: result10,
                        message: result11,
                      }
                    };
                    break;
                  }
                  default: {
                    throw new TypeError('invalid variant discriminant for ParseError');
                  }
                }
                variant13= {
                  tag: 'err',
                  val: variant12
                };
                break;
              }
              default: {
                throw new TypeError('invalid variant discriminant for expected');
              }
            }
            _debugLog('[iface="mapscope:parse/objects@1.0.0", function="struct-sizes"][Instruction::Return]', {
              funcName: 'struct-sizes',
              paramCount: 1,
              async: false,
              postReturn: true
            });
            const retCopy = variant13;
            task.resolve([retCopy.val]);
            
            let cstate = getOrCreateAsyncState(0);
            cstate.mayLeave = false;
            postReturn5(ret);
            cstate.mayLeave = true;
            task.exit();
            
            
            
            if (typeof retCopy === 'object' && retCopy.tag === 'err') {
              throw new ComponentError(retCopy.val);
            }
            return retCopy.val;
            
            
          } catch (err) {
            if (!task.isResolvedState()) {
              task.setErrored(err);
              task.reject(err);
            }
            if (!task.isExited()) { task.exit({ skipExclusiveLockCheck: true }); }
            throw err;
          }
        },
      });
      
    }
    const trampoline0 = rscTableCreateOwn.bind(null, handleTable0);
    const trampoline1 = rscTableCreateOwn.bind(null, handleTable1);
    const trampoline2 = rscTableCreateOwn.bind(null, handleTable2);
    Promise.all([module0, module1, module2]).catch(() => {});
    ({ exports: exports0 } = yield instantiateCore(yield module1));
    ({ exports: exports1 } = yield instantiateCore(yield module0, {
      '[export]mapscope:parse/dumps@1.0.0': {
        '[resource-new]map-dump-scanner': Object.assign(_guardMayLeave(0, trampoline0), { _jcoMaySuspend: false }),
      },
      '[export]mapscope:parse/maps@1.0.0': {
        '[resource-new]map-list-scanner': Object.assign(_guardMayLeave(0, trampoline1), { _jcoMaySuspend: false }),
      },
      '[export]mapscope:parse/programs@1.0.0': {
        '[resource-new]program-list-scanner': Object.assign(_guardMayLeave(0, trampoline2), { _jcoMaySuspend: false }),
      },
    }));
    ({ exports: exports2 } = yield instantiateCore(yield module2, {
      actual: {
        '0': Object.assign(exports1['mapscope:parse/dumps@1.0.0#[dtor]map-dump-scanner'], { _jcoMaySuspend: false }),
        '1': Object.assign(exports1['mapscope:parse/maps@1.0.0#[dtor]map-list-scanner'], { _jcoMaySuspend: false }),
        '2': Object.assign(exports1['mapscope:parse/programs@1.0.0#[dtor]program-list-scanner'], { _jcoMaySuspend: false }),
      },
      shim: {
        $imports: exports0.$imports,
      },
    }));
    memory0 = exports1.memory;
    realloc0 = exports1.cabi_realloc;
    
    try {
      realloc0Async = WebAssembly.promising(exports1.cabi_realloc);
    } catch(err) {
      realloc0Async = exports1.cabi_realloc;
    }
    
    postReturn0 = exports1['cabi_post_mapscope:parse/maps@1.0.0#[method]map-list-scanner.finish'];
    
    try {
      postReturn0Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/maps@1.0.0#[method]map-list-scanner.finish']);
    } catch(err) {
      postReturn0Async = exports1['cabi_post_mapscope:parse/maps@1.0.0#[method]map-list-scanner.finish'];
    }
    
    postReturn1 = exports1['cabi_post_mapscope:parse/dumps@1.0.0#[method]map-dump-scanner.finish'];
    
    try {
      postReturn1Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/dumps@1.0.0#[method]map-dump-scanner.finish']);
    } catch(err) {
      postReturn1Async = exports1['cabi_post_mapscope:parse/dumps@1.0.0#[method]map-dump-scanner.finish'];
    }
    
    postReturn2 = exports1['cabi_post_mapscope:parse/programs@1.0.0#[method]program-list-scanner.finish'];
    
    try {
      postReturn2Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/programs@1.0.0#[method]program-list-scanner.finish']);
    } catch(err) {
      postReturn2Async = exports1['cabi_post_mapscope:parse/programs@1.0.0#[method]program-list-scanner.finish'];
    }
    
    postReturn3 = exports1['cabi_post_mapscope:parse/objects@1.0.0#index-types'];
    
    try {
      postReturn3Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/objects@1.0.0#index-types']);
    } catch(err) {
      postReturn3Async = exports1['cabi_post_mapscope:parse/objects@1.0.0#index-types'];
    }
    
    postReturn4 = exports1['cabi_post_mapscope:parse/objects@1.0.0#parse-object'];
    
    try {
      postReturn4Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/objects@1.0.0#parse-object']);
    } catch(err) {
      postReturn4Async = exports1['cabi_post_mapscope:parse/objects@1.0.0#parse-object'];
    }
    
    postReturn5 = exports1['cabi_post_mapscope:parse/objects@1.0.0#struct-sizes'];
    
    try {
      postReturn5Async = WebAssembly.promising(exports1['cabi_post_mapscope:parse/objects@1.0.0#struct-sizes']);
    } catch(err) {
      postReturn5Async = exports1['cabi_post_mapscope:parse/objects@1.0.0#struct-sizes'];
    }
    
    maps100ConstructorMapListScanner = exports1['mapscope:parse/maps@1.0.0#[constructor]map-list-scanner'];
    maps100MethodMapListScannerPush = exports1['mapscope:parse/maps@1.0.0#[method]map-list-scanner.push'];
    maps100MethodMapListScannerFinish = exports1['mapscope:parse/maps@1.0.0#[method]map-list-scanner.finish'];
    dumps100ConstructorMapDumpScanner = exports1['mapscope:parse/dumps@1.0.0#[constructor]map-dump-scanner'];
    dumps100MethodMapDumpScannerPush = exports1['mapscope:parse/dumps@1.0.0#[method]map-dump-scanner.push'];
    dumps100MethodMapDumpScannerFinish = exports1['mapscope:parse/dumps@1.0.0#[method]map-dump-scanner.finish'];
    programs100ConstructorProgramListScanner = exports1['mapscope:parse/programs@1.0.0#[constructor]program-list-scanner'];
    programs100MethodProgramListScannerPush = exports1['mapscope:parse/programs@1.0.0#[method]program-list-scanner.push'];
    programs100MethodProgramListScannerFinish = exports1['mapscope:parse/programs@1.0.0#[method]program-list-scanner.finish'];
    objects100IndexTypes = exports1['mapscope:parse/objects@1.0.0#index-types'];
    objects100ParseObject = exports1['mapscope:parse/objects@1.0.0#parse-object'];
    objects100StructSizes = exports1['mapscope:parse/objects@1.0.0#struct-sizes'];
    const dumps100 = {
      MapDumpScanner: MapDumpScanner,
      
    };
    const maps100 = {
      MapListScanner: MapListScanner,
      
    };
    const objects100 = {
      indexTypes: indexTypes,
      parseObject: parseObject,
      structSizes: structSizes,
      
    };
    const programs100 = {
      ProgramListScanner: ProgramListScanner,
      
    };
    
    return { dumps: dumps100, maps: maps100, objects: objects100, programs: programs100, 'mapscope:parse/dumps@1.0.0': dumps100, 'mapscope:parse/maps@1.0.0': maps100, 'mapscope:parse/objects@1.0.0': objects100, 'mapscope:parse/programs@1.0.0': programs100,  };
  })();
  let promise, resolve, reject;
  function normalizeInstantiationError(e) {
    // Native JSPI rejects a suspending import called from a
    // core start function before entering its JS wrapper.
    // At component instantiation time that always means the
    // implicit synchronous task attempted to block.
    if (typeof WebAssembly.SuspendError === 'function' && e instanceof WebAssembly.SuspendError) {
      return new WebAssembly.RuntimeError('cannot block a synchronous task before returning');
    }
    return e;
  }
  function runNext(value) {
    try {
      let done;
      do {
        ({ value, done } = gen.next(value));
      } while (!(value instanceof Promise) && !done);
      if (done) {
        if (resolve) return resolve(value);
        else return value;
      }
      if (!promise) promise = new Promise((_resolve, _reject) => (resolve = _resolve, reject= _reject));
      value.then(nextVal => done ? resolve() : runNext(nextVal), e => reject(normalizeInstantiationError(e)));
    }
    catch (e) {
      e = normalizeInstantiationError(e);
      if (reject) reject(e);
      else throw e;
    }
  }
  const maybeSyncReturn = runNext(null);
  return promise || maybeSyncReturn;
};

export const _util = {
  
}

